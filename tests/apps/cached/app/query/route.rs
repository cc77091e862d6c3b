use bff::{Query, State, get};

use crate::apps::cached::Cached;

#[get(revalidate = "1h")]
async fn list(Query(words): Query<Vec<(String, String)>>, State(cached): State<Cached>) -> String {
    format!("{} {words:?}", cached.run("query"))
}
