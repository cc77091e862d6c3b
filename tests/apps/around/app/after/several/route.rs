use bff::{State, after, get};

use crate::apps::around::Around;

/// The order of things.
#[get]
async fn show(State(around): State<Around>) -> &'static str {
    let say = |what: &'static str| {
        let events = around.events.clone();
        move || events.tell(what)
    };
    say("handler starts")();
    let (start, end) = (say("first starts"), say("first ends"));
    let opens = around.work.clone();
    after(async move {
        start();
        // Until the second has begun.
        opens.notified().await;
        end();
    });
    let opened = around.work.clone();
    let (start, end) = (say("second starts"), say("second ends"));
    after(async move {
        start();
        opened.notify_one();
        tokio::task::yield_now().await;
        end();
    });
    after(async { panic!("secret") });
    let third = say("third runs");
    after(async move { third() });
    say("handler ends")();
    "answered"
}
