use bff::{Handler, Request, State, after, get, post};

use crate::apps::around::Around;

#[get]
#[post]
fn made(State(around): State<Around>) -> impl Handler {
    move |_: Request| {
        let around = around.clone();
        async move {
            after(around.work("done"));
            "answered"
        }
    }
}
