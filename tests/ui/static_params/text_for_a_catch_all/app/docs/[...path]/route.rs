use bff::{get, static_params};

#[get(force_static)]
async fn show(path: Vec<String>) -> String {
    path.join("/")
}

#[static_params]
fn paths() -> Vec<String> {
    vec!["a/b".to_owned()]
}
