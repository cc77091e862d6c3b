//! Path patterns and destinations: the language of `matcher`, redirects, rewrites, headers and rules.
//!
//! ```text
//! /dashboard/:path*     /post/:id(\d+)     /a{/:b}?     /((?!api|public).*)
//! ```
//!
//! It is the grammar of the npm package `path-to-regexp` 6.3, which the model uses (spec section 4): text →
//! lexemes → tokens → [`PathPattern`], which has a regular expression for Rust's engines, the literal text at its
//! beginning, and a [`Shape`] that says how cheaply it can be matched. A [`Destination`] is the other side: a
//! template, checked against what the source and its [`Condition`]s capture.
//!
//! Not to be confused with [`RoutePattern`](crate::RoutePattern), which a folder stands for: `/posts/{id}`. A path
//! pattern is written by the user, and what it captures is text.
//!
//! Nothing here runs a pattern. The macro writes what these types say as static data, and the library matches.

mod condition;
mod destination;
mod dialect;
mod encoding;
mod js_regex;
mod lexer;
mod mistake;
mod origin;
mod parser;
mod pattern;
mod regex;
mod shape;
mod template;
mod token;
mod variable;

pub use self::{
    condition::{Condition, ConditionTest, ConditionValue, Place},
    destination::{Destination, DestinationUse, QueryPair},
    dialect::Dialect,
    mistake::PatternMistake,
    origin::Origin,
    pattern::{Captured, PathPattern, PatternParam, captured},
    shape::{Part, Shape},
    template::{HeaderTemplate, Piece},
    variable::Variable,
};

pub(crate) use self::{origin::base, variable::Reference};
