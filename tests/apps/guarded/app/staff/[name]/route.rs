use bff::{
    State, get,
    http::{HeaderMap, StatusCode},
    post,
};

use crate::support::Events;

#[get]
async fn show(name: String, State(events): State<Events>) -> String {
    events.tell("shown");
    name
}

/// What rules require comes first.
#[post(require = body)]
async fn change(State(events): State<Events>, text: String) -> String {
    events.tell("changed");
    text
}

async fn body(headers: HeaderMap) -> Result<(), StatusCode> {
    if headers.contains_key("x-body") { Ok(()) } else { Err(StatusCode::IM_A_TEAPOT) }
}
