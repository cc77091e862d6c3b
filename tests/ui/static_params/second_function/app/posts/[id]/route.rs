use bff::{get, static_params};

#[get(force_static)]
async fn show(id: u64) -> String {
    id.to_string()
}

#[static_params]
fn some() -> Vec<u64> {
    vec![1]
}

#[static_params]
fn others() -> Vec<u64> {
    vec![2]
}
