use bff::{get, static_params};

#[get(force_static)]
async fn show(path: Vec<String>) -> String {
    path.join(" > ")
}

#[static_params]
fn paths() -> Vec<Vec<&'static str>> {
    vec![vec!["intro"], vec!["guide", "first steps"], vec!["guide", "next"]]
}
