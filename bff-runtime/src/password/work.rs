use std::sync::LazyLock;

use super::{Verdict, argon};
use crate::{error::Result, pool::Pool};

static POOL: LazyLock<Pool> = LazyLock::new(|| Pool::of_machine("the hash of a password"));

/// A hash of this password, with a random salt, to be stored as it is.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> bff::Result {
/// let hash = bff::password::hash("open sesame").await?;
/// assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// 503 with `Retry-After` when too many wait already, 500 when the system has no randomness or no memory for it.
pub async fn hash(password: impl Into<String>) -> Result<String> {
    let password = password.into();
    POOL.run(move || argon::hash(password.as_bytes())).await
}

/// Whether this is the password that was hashed. With `None`, for a user that there is not, it is wrong after as much
/// work: how long an answer takes does not tell who has an account.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> bff::Result {
/// use bff::password::{self, Verdict};
///
/// let hash = password::hash("open sesame").await?;
/// assert_eq!(password::verify("open sesame", Some(&hash)).await?, Verdict::Right);
/// assert_eq!(password::verify("open barley", Some(&hash)).await?, Verdict::Wrong);
/// assert_eq!(password::verify("open sesame", None).await?, Verdict::Wrong);
/// # Ok(())
/// # }
/// ```
///
/// Any Argon2 hash in PHC form is read, by the numbers that it has, up to 1 GiB and 64 passes. Hashes are compared in
/// constant time.
///
/// # Errors
/// 503 with `Retry-After` when too many wait already, 500 when what is stored is no such hash.
pub async fn verify(password: impl Into<String>, stored: Option<&str>) -> Result<Verdict> {
    let (password, stored) = (password.into(), stored.map(str::to_owned));
    POOL.run(move || argon::verify(password.as_bytes(), stored.as_deref())).await
}
