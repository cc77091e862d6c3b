use bff::{get, static_params};

#[get(force_static)]
async fn show(id: u64) -> String {
    format!("post {id}")
}

#[static_params]
#[cfg(not(test))]
fn some() -> Vec<u64> {
    vec![1]
}

#[static_params]
#[cfg(debug_assertions)]
fn others() -> Vec<u64> {
    vec![2]
}
