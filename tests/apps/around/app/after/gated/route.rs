use bff::{State, after, get, put};

use crate::apps::around::Around;

/// A handler that waits, and work after it that waits as well.
#[get]
async fn show(State(around): State<Around>) -> &'static str {
    after(around.clone().work("done"));
    around.events.tell("waiting");
    around.handler.notified().await;
    "answered"
}

/// Work that runs already and is only waited for; work in work; and work of a task.
#[put]
async fn replace(State(around): State<Around>) -> &'static str {
    let (events, nested, task) =
        (around.events.clone(), around.events.clone(), around.events.clone());
    let running = tokio::spawn(async move { events.tell("running already") });
    tokio::spawn(async move { after(async move { task.tell("of a task") }) });
    after(async move {
        drop(running.await);
        after(async move {
            around.work.notified().await;
            nested.tell("nested");
        });
    });
    "answered"
}
