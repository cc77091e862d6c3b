use bff::{
    Result, State, get,
    response::{File, file},
};
use uuid::Uuid;

use crate::Folder;

/// Sends it back, to be saved and not shown. What is no id is answered 404 before this runs.
#[get]
async fn show(id: Uuid, State(folder): State<Folder>) -> Result<File> {
    Ok(file(folder.path().join(id.to_string())).await?.download("upload"))
}
