use bff::{get, static_params};

#[get(force_static)]
async fn show(org: String, repo: u64) -> String {
    format!("{org}/{repo}")
}

#[static_params]
fn all() -> Vec<String> {
    vec!["one".to_owned()]
}
