use bff::{get, http::HeaderMap, static_params};

#[get(force_static)]
async fn show(id: u64) -> String {
    id.to_string()
}

#[static_params]
fn ids(headers: HeaderMap) -> Vec<u64> {
    vec![headers.len() as u64]
}
