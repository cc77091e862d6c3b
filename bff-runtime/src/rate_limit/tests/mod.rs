mod accuracy;
mod keys;
#[cfg(feature = "redis")]
mod redis;
mod responses;
mod support;
mod sweeping;
