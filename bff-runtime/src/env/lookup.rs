//! The one [`Env`] of the program, for the current directory.

use std::{
    ffi::OsString,
    path::Path,
    str::FromStr,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Env, Mode, VarError, load};
use crate::Secret;

/// The value of an environment variable: from the process, or else from the `.env` files of the
/// current directory.
///
/// ```
/// let database = bff::env::var("DATABASE_URL").unwrap_or("sqlite://dev.db".into());
/// println!("using {}", database.split(':').next().unwrap_or_default());
/// ```
///
/// # Errors
///
/// When neither defines it, or the process defines it with bytes that are not Unicode. The error
/// names the variable.
pub fn var(name: &str) -> Result<String, VarError> {
    match std::env::var_os(name) {
        // The process is asked first, and alone, so that a program without `.env` files never
        // looks at the disk for what is set (rows EV-01, EV-02).
        Some(value) => value.into_string().map_err(|_| VarError::not_unicode(name)),
        None => loaded().in_files(name).map(str::to_owned).ok_or_else(|| VarError::missing(name)),
    }
}

/// The value that the process itself has, for what no `.env` file may turn on.
pub(crate) fn of_process(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// As [`var`](crate::env::var()), but `None` instead of an error.
///
/// ```
/// if let Some(endpoint) = bff::env::var_opt("METRICS_ENDPOINT") {
///     println!("metrics go to {endpoint}");
/// }
/// ```
pub fn var_opt(name: &str) -> Option<String> {
    var(name).ok()
}

/// The value of an environment variable that nobody may read in a log: as [`var`](crate::env::var()), and wrapped up
/// at once.
///
/// ```
/// match bff::env::secret("PROVIDER_CLIENT_SECRET") {
///     Ok(secret) => println!("{secret:?}"), // Secret([redacted])
///     Err(error) => println!("{error}"),
/// }
/// ```
///
/// # Errors
///
/// As for [`var`](crate::env::var()), and when the value is empty or white space: a secret that everybody knows is
/// none. The error names the variable.
pub fn secret(name: &str) -> Result<Secret<String>, VarError> {
    let value = Secret::new(var(name)?);
    if value.expose().trim().is_empty() { Err(VarError::empty(name)) } else { Ok(value) }
}

/// The value of an environment variable as any type that can be read from text; `None` when it is
/// not defined.
///
/// ```
/// # fn main() -> Result<(), bff::env::VarError> {
/// let workers = bff::env::parse::<usize>("WORKERS")?.unwrap_or(4);
/// println!("{workers} workers");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// When the value is there but cannot be read as `T`. The error names the variable and the type,
/// never the value.
pub fn parse<T: FromStr>(name: &str) -> Result<Option<T>, VarError> {
    match var(name) {
        Ok(value) => value.parse().map(Some).map_err(|_| VarError::malformed::<T>(name)),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names of the `.env` files that count in this program, highest priority first (row EV-04).
///
/// ```
/// for file in bff::env::files() {
///     println!("read {file}");
/// }
/// ```
pub fn files() -> &'static [&'static str] {
    loaded().files()
}

/// The mode of this program (row EV-01): `BFF_ENV`, or else the default of the build.
///
/// ```
/// if bff::env::mode().is_development() {
///     println!("details of errors are shown");
/// }
/// ```
pub fn mode() -> Mode {
    loaded().mode()
}

fn loaded() -> &'static Env {
    static LOADED: OnceLock<Env> = OnceLock::new();
    // An empty path keeps the names short in messages; the system resolves it to the current
    // directory.
    let env = LOADED.get_or_init(|| load(Path::new(""), Mode::current()));
    report(env);
    env
}

/// Logs what is wrong in the files, once, as soon as somebody listens: the first variable is often
/// read before the subscriber is set, sometimes in order to set it.
fn report(env: &Env) {
    static REPORTED: AtomicBool = AtomicBool::new(false);
    if REPORTED.load(Ordering::Relaxed)
        || !tracing::dispatcher::has_been_set()
        || REPORTED.swap(true, Ordering::Relaxed)
    {
        return;
    }
    if Mode::from_process().is_err() {
        tracing::warn!(
            "`BFF_ENV` is none of `development`, `production` and `test`; running as {}",
            env.mode()
        );
    }
    for problem in env.problems() {
        tracing::warn!("{problem}");
    }
}
