//! Passwords: hashes that are slow to guess, made where they hold nobody up. With the feature `password`.
//!
//! ```
//! use bff::{Result, password::{self, Verdict}, response::unauthorized, session::Session};
//! # struct Db;
//! # impl Db {
//! #     async fn hash_of(&self, name: &str) -> Result<Option<String>> { Ok(None) }
//! #     async fn set_hash(&self, name: &str, hash: String) -> Result { Ok(()) }
//! # }
//!
//! async fn sign_in(db: &Db, session: &Session, name: &str, given: String) -> Result {
//!     let hash = db.hash_of(name).await?;
//!     match password::verify(given.clone(), hash.as_deref()).await? {
//!         Verdict::Wrong => return Err(unauthorized().detail("name or password is wrong")),
//!         Verdict::Right => {}
//!         Verdict::Outdated => db.set_hash(name, password::hash(given).await?).await?,
//!     }
//!     session.login(name).await
//! }
//! ```
//!
//! The hash is Argon2id with 19 MiB, two passes and one lane, which is what OWASP's Password Storage Cheat Sheet asks
//! for at least, in a PHC string that says all of it: `$argon2id$v=19$m=19456,t=2,p=1$…$…`.
//!
//! A hash takes tens of milliseconds of a core, so they are made on threads of their own, as many at a time as there
//! are cores, and 64 wait at most. Whoever comes then is answered 503 with `Retry-After`: a flood of logins costs
//! logins, and no other request. A rate limit on the route keeps guessers from it.
//!
//! Without optimisation a hash takes a second. A debug build of an app is quick again with these lines in its
//! `Cargo.toml`:
//!
//! ```toml
//! [profile.dev.package]
//! argon2 = { opt-level = 3 }
//! blake2 = { opt-level = 3 }
//! ```

mod argon;
mod verdict;
mod work;

pub use self::{
    verdict::Verdict,
    work::{hash, verify},
};
