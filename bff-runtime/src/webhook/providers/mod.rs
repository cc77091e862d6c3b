//! How the providers sign: one file each, after their own documentation.

mod github;
mod shopify;
mod slack;
mod standard;
mod stripe;

pub use self::{
    github::GitHub, shopify::Shopify, slack::Slack, standard::StandardWebhooks, stripe::Stripe,
};
