use bff::{Path, State, after, get};

use crate::apps::around::Around;

/// Through axum's own router.
#[get]
async fn show(Path(id): Path<String>, State(around): State<Around>) -> String {
    after(around.work("done"));
    format!("answered {id}")
}
