use bff::{
    Json, Response, Result, State,
    http::{StatusCode, header},
    post,
    request::FormData,
    response::{ResponseExt, problem},
};
use serde::Serialize;
use uuid::Uuid;

use crate::{Folder, app};

#[derive(Serialize)]
struct Kept {
    id: Uuid,
    title: String,
    bytes: u64,
}

/// Keeps a file. Its name is the client's and so is its type: neither is believed.
#[post]
async fn upload(State(folder): State<Folder>, form: FormData) -> Result<Response> {
    let Some(file) = form.file("file") else {
        return Err(problem(StatusCode::UNPROCESSABLE_ENTITY).detail("`file` is missing").into());
    };
    let id = Uuid::new_v4();
    file.save(folder.path().join(id.to_string())).await?;
    let title = form.get("title").unwrap_or("untitled").to_owned();
    Ok(Json(Kept { id, title, bytes: file.size() })
        .with_status(StatusCode::CREATED)
        .with_header(header::LOCATION, app::files::id::path(id)))
}
