//! The drain signal for connections that outlive their request; nothing without the feature `ws`.

#[cfg(not(feature = "ws"))]
mod disabled;
#[cfg(feature = "ws")]
mod enabled;

#[cfg(not(feature = "ws"))]
pub(super) use disabled::Draining;
#[cfg(feature = "ws")]
pub(crate) use enabled::Draining;
