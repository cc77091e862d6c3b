//! `robots.txt` (RFC 9309).

mod invalid;
#[expect(clippy::module_inception, reason = "a file has the name of its type")]
mod robots;
mod rule;

#[cfg(test)]
mod tests;

pub use self::{invalid::InvalidRobots, robots::Robots, rule::RobotsRule};
