use bff::{get, static_params};

#[get]
async fn show(id: u64) -> String {
    id.to_string()
}

#[static_params]
fn ids() -> Vec<u64> {
    vec![1]
}
