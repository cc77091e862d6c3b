use bff::{State, delete, get, patch, post, put};

use crate::apps::limits::Limits;

#[get]
async fn look() {}

#[post]
async fn act(State(limits): State<Limits>) {
    limits.events.tell("acted");
}

#[put(csrf = false)]
async fn act_for_anybody() {}

#[patch(csrf(trusted_origins = ["https://*.partner.example"]))]
async fn act_for_partners() {}

#[delete(cors(origins = ["https://app.example.com"], credentials = true))]
async fn act_for_readers() {}
