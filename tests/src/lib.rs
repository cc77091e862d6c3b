//! What the tests of the repository share: running an example and talking to it.

mod process;

pub use self::process::{Answer, Process};

#[cfg(test)]
mod tidy;
