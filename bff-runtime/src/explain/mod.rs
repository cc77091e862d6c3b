//! What becomes of a request, told without doing it.
//!
//! [`explain`](crate::explain()) sends a request through a router that tells at each step what applies, and which line
//! of which file says so. So does [`RequestBuilder::explain`](crate::testing::RequestBuilder::explain) in tests, for
//! requests with headers. No handler runs, and `proxy.rs` does not: it is taken to go on.
//!
//! ```text
//! GET /api/posts/7
//!   headers     bff.toml:20:10                   `/api/:path*`: x-frame-options
//!   proxy       proxy.rs                         runs; it is taken to go on
//!   route       app/api/posts/[id]/route.rs      /api/posts/{id}, id = 7
//!   handler     app/api/posts/[id]/route.rs      `show`
//!   rule        bff.toml:30:10                   `/api/:path*` is for it
//!   timeout     bff.toml:31:1                    5s
//!   body limit  the default                      2 MiB for extractors, none for streams
//! ```
//!
//! It is the router itself that tells, with what it would answer with, so the two cannot disagree. A client cannot ask
//! for it: the question is typed, and no header is one.

mod asking;
mod explanation;
mod policies;
mod step;

pub use self::{
    asking::explain,
    explanation::Explanation,
    step::{Stage, Step},
};

pub(crate) use self::{
    asking::{answer, ask, is_asked, mark},
    policies::policies,
};
