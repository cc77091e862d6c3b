use bff::{State, get};

use crate::apps::cached::Cached;

#[get(revalidate = "1h")]
async fn show(State(cached): State<Cached>) -> String {
    cached.run("configured")
}
