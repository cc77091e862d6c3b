//! Server-sent events (WHATWG HTML, section 9.2).

mod event;
mod last_event_id;
mod response;

pub use self::{
    event::{IntoSseEvent, SseEvent},
    last_event_id::LastEventId,
    response::{Sse, sse},
};
