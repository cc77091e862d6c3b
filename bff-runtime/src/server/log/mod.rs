//! Events on stderr for a program that has set up no `tracing` subscriber (feature `log`).

#[cfg(not(feature = "log"))]
mod disabled;
#[cfg(feature = "log")]
mod enabled;

#[cfg(not(feature = "log"))]
pub(super) use disabled::install;
#[cfg(feature = "log")]
pub(super) use enabled::install;
