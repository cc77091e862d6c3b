//! What the handlers of all subjects take and give.

use serde::{Deserialize, Serialize};

/// The answer of the param route.
#[derive(Debug, Serialize)]
pub struct Post {
    id: u64,
    title: &'static str,
    draft: bool,
}

impl Post {
    /// The post that every id has.
    pub fn sample(id: u64) -> Self {
        Self { id, title: "Backends by files", draft: false }
    }
}

/// The body that is sent to the JSON route, and its answer.
#[derive(Debug, Deserialize, Serialize)]
pub struct NewPost {
    title: String,
    tags: Vec<String>,
    stars: u8,
}

impl NewPost {
    /// What a handler checks before it accepts the post.
    pub fn is_valid(&self) -> bool {
        !self.title.is_empty() && self.title.len() <= 80 && self.tags.len() <= 8 && self.stars <= 5
    }
}

/// The answer of the text route.
pub const TEXT: &str = "hello";
