//! What a client says it is: [`UserAgent`].

mod bots;
mod browser;
mod cpu;
mod device;
mod engine;
mod os;
mod text;
#[expect(clippy::module_inception, reason = "a file has the name of its type")]
mod user_agent;

#[cfg(test)]
mod tests;

pub use self::{
    browser::Browser,
    cpu::Cpu,
    device::{Device, DeviceKind},
    engine::Engine,
    os::Os,
    user_agent::UserAgent,
};
