use bff::{State, get, post};

use crate::apps::cached::Cached;

/// GET is kept, POST beside it is not (RH-239).
#[get(revalidate = "1h")]
fn show(State(cached): State<Cached>) -> String {
    cached.run("get")
}

#[post]
fn change(State(cached): State<Cached>) -> String {
    cached.run("post")
}
