use bff::{State, get};

use crate::support::Events;

#[get]
async fn anything(State(events): State<Events>) -> &'static str {
    events.tell("anything");
    "anything"
}
