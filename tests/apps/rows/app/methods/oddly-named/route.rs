//! Methods come from attributes alone: neither the names of functions nor further items mean anything.

use bff::post;

#[post]
async fn get() -> &'static str {
    "POST by a function named get"
}

/// Public, named like a method, and no handler.
#[expect(dead_code, reason = "the point of this file")]
pub async fn delete() -> &'static str {
    "never sent"
}

#[expect(dead_code, reason = "the point of this file")]
pub const DEFAULT: &str = "never sent";
