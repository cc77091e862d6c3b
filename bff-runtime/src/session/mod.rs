//! Sessions: who is signed in, from one request to the next.
//!
//! ```
//! use bff::{Form, Result, response::{Redirect, see_other}, session::Session};
//! # #[derive(serde::Deserialize)] struct SignIn { name: String, password: String }
//! # async fn is_right(name: &str, password: &str) -> Result<bool> { Ok(true) }
//!
//! // #[post] in app/login/route.rs
//! async fn sign_in(session: Session, Form(SignIn { name, password }): Form<SignIn>) -> Result<Redirect> {
//!     if !is_right(&name, &password).await? {
//!         return Err(bff::response::unauthorized().detail("name or password is wrong"));
//!     }
//!     session.login(&name).await?;
//!     Ok(see_other("/account"))
//! }
//!
//! // #[get] in app/account/route.rs
//! async fn show(session: Session) -> Result<String> {
//!     let user = session.require()?; // 401 without one
//!     Ok(format!("the account of {user}"))
//! }
//!
//! // #[post] in app/logout/route.rs
//! async fn sign_out(session: Session) -> Result<Redirect> {
//!     session.logout().await?;
//!     Ok(see_other("/"))
//! }
//! ```
//!
//! There is nothing to set up but the variable `SESSION_KEYS`: one key, or several with commas between them, each of 32
//! random bytes or more as base64 or in hexadecimal (`openssl rand -base64 32`). The first one encrypts, all of them
//! decrypt: put a new one in front, and take the old one away when the absolute time is over. In development a key is
//! made up for the life of the process. A server does not start with a key that is too short.
//!
//! | for | look at |
//! |---|---|
//! | the session of a request | [`Session`] |
//! | how long, which cookie, kept where | [`Sessions`] |
//! | on the server, in this process | [`MemoryStore`] |
//! | on the server, in Redis | `bff::redis::Redis`, with the feature `redis` |
//! | on the server, in a database | [`SessionStore`] |
//! | a guard for whole routes | [`user()`] |
//! | passwords | `bff::password`, with the feature of that name |
//!
//! # What holds
//!
//! - The cookie is `__Host-session`, `Secure`, `HttpOnly`, `SameSite=Lax`, `Path=/`. In development it is `session`
//!   without `Secure`, as not every browser takes `http://localhost` for secure.
//! - It is AES-256-GCM of all that there is, or 128 random bits. One that was changed, cut, moved to another name,
//!   that is over or has ended counts as none, and so do two that differ.
//! - A login begins under a new id, and ends the old one. A session ends after 30 minutes without a request, and 12
//!   hours after its login. A logout ends it for whoever has a copy of the cookie; in how far, says
//!   [`Sessions::cookie`].
//! - The response of a handler that took the session has `Cache-Control: no-store`, unless it says otherwise itself;
//!   one that sets the cookie always has it.
//!
//! # Not to be confused with
//!
//! Who may see what: a session says who asks. Whether the record is theirs, only the code that has the record can tell
//! (RH-404).
//!
//! Invariant: no id, no key and nothing of what a session holds is ever in a log, an error or a `Debug` text.

mod change;
mod clock;
mod convention;
mod extract;
mod guard;
mod id;
mod keeping;
mod look;
mod memory;
mod record;
#[cfg(feature = "redis")]
mod redis;
#[expect(clippy::module_inception, reason = "a file has the name of its type")]
mod session;
mod sessions;
mod store;

pub(crate) use self::{convention::mistake, extract::identify};

pub use self::{
    guard::user,
    memory::MemoryStore,
    session::Session,
    sessions::Sessions,
    store::{SessionStore, StoreError, StoreFuture, StoreKey, Stored},
};

#[cfg(test)]
mod tests;
