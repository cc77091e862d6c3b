use bff::{
    Path, Request, State, get,
    http::{HeaderMap, StatusCode},
    post,
    response::forbidden,
};

use crate::{apps::limits::Limits, support::Events};

#[get(require = owner)]
async fn show(owner: String, State(limits): State<Limits>) -> String {
    limits.events.tell("shown");
    format!("for {owner}")
}

#[post(require = [token, owner])]
fn change(State(limits): State<Limits>) -> impl bff::Handler {
    changed(limits.events)
}

fn changed(events: Events) -> impl bff::Handler {
    move |_: Request| {
        events.tell("changed");
        async { "changed" }
    }
}

/// Whoever is named in the path.
async fn owner(Path(owner): Path<String>, headers: HeaderMap) -> bff::Result<()> {
    if headers.get("x-user").is_some_and(|user| user.as_bytes() == owner.as_bytes()) {
        return Ok(());
    }
    Err(forbidden())
}

async fn token(headers: HeaderMap) -> Result<(), StatusCode> {
    if headers.contains_key("x-token") { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
}
