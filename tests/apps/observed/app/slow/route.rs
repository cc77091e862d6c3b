use crate::apps::observed::SLOW;

/// Tells that it runs, and waits.
#[bff::get]
async fn slow() -> &'static str {
    SLOW.begun.notify_one();
    SLOW.go_on.notified().await;
    "finished"
}
