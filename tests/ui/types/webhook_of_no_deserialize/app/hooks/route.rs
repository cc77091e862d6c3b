use bff::{
    post,
    webhook::{Slack, Webhook},
};

struct Event;

#[post]
async fn receive(Webhook { event: Event, .. }: Webhook<Slack, Event>) {}
