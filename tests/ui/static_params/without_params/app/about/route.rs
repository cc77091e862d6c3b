use bff::{get, static_params};

#[get(force_static)]
async fn about() -> &'static str {
    "about"
}

#[static_params]
fn ids() -> Vec<u64> {
    vec![1]
}
