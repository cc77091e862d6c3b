use bff::{State, get, post};

use crate::apps::cached::Cached;

#[get]
async fn show(State(cached): State<Cached>) -> String {
    cached.run("by rule")
}

#[post]
async fn change(State(cached): State<Cached>) -> String {
    cached.run("changed")
}
