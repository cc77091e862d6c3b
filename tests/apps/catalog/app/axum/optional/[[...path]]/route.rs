use bff::{Json, Path, axum::extract::MatchedPath, get};

#[get]
async fn show(matched: MatchedPath, rest: Option<Path<String>>) -> Json<(String, Option<String>)> {
    Json((matched.as_str().to_owned(), rest.map(|Path(rest)| rest)))
}
