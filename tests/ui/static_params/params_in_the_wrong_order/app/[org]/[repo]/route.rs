use bff::{get, static_params};

#[get(force_static)]
async fn show(org: String, repo: u64) -> String {
    format!("{org}/{repo}")
}

#[static_params]
fn all() -> Vec<(u64, String)> {
    vec![(1, "one".to_owned())]
}
