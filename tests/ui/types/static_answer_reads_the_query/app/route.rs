use bff::{Query, get};

#[get(force_static)]
async fn index(Query(words): Query<Vec<(String, String)>>) -> String {
    format!("{words:?}")
}
