use bff::{State, get};

use crate::apps::cached::Cached;

#[get(revalidate = "1h", tags = ["cached-file:{path}"])]
async fn file(path: Vec<String>, State(cached): State<Cached>) -> String {
    format!("{path:?} {}", cached.run("file"))
}
