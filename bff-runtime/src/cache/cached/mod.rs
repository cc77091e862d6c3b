//! [`cached`]: what a function of the app returns, kept for the next who calls it with the same arguments.

mod builder;
mod encode;
mod life;
mod made;
mod names;
mod values;

#[cfg(test)]
mod tests;

pub use self::{
    builder::{Cached, Period, cached},
    life::Life,
};

pub(crate) use self::{
    encode::canonical,
    made::{Keep, Made},
    names::names,
    values::{Values, Wanted},
};

use self::made::Compute;
