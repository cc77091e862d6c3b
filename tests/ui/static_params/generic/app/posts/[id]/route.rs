use bff::{get, static_params};

#[get(force_static)]
async fn show(id: u64) -> String {
    id.to_string()
}

#[static_params]
fn ids<T>() -> Vec<T> {
    Vec::new()
}
