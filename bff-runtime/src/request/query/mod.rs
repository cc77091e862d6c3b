//! The query of a URL as a type of the program: [`Query`].

mod extract;
mod parse;

pub use self::extract::Query;

pub(crate) use self::parse::parse;
