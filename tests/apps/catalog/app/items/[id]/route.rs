use bff::{get, patch, put};

#[get]
async fn show(id: u64) -> String {
    format!("item {id}")
}

/// A wrong id is the client's mistake here, not a missing page.
#[put(invalid_param = 400)]
async fn replace(id: u64) -> String {
    format!("replaced {id}")
}

#[patch(invalid_param = 404)]
async fn edit(id: u64) -> String {
    format!("edited {id}")
}
