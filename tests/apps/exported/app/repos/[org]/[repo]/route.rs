use bff::{get, static_params};

#[get(force_static)]
async fn show(org: String, repo: u32) -> String {
    format!("{org} {repo}")
}

#[static_params]
async fn all() -> impl Iterator<Item = (String, u32)> {
    ["a", "b"].into_iter().flat_map(|org| [1, 2].map(|repo| (org.to_owned(), repo)))
}
