//! Sources, conditions and destinations at request time: what `#[proxy(matcher)]` and `bff.toml` compile to.
//!
//! A pattern was read, checked and cut into static data when the app was compiled; here it is only run. A
//! [`Source`] says which paths are meant, a [`Condition`] what else must hold, and a [`Rule`] is both; what they
//! capture goes into a [`Destination`] or a [`HeaderTemplate`], encoded.
//!
//! ```
//! use bff::__private::matching::{Piece, Destination, Origin, Part, Rule, RuleMatcher, Shape, Source, SourceParam, Subject};
//!
//! static OLD: Rule = Rule {
//!     source: Source {
//!         text: "/old/:slug",
//!         prefix: "/old/",
//!         shape: Shape::Segments(&[Part::Literal("/old/"), Part::Param]),
//!         params: &[SourceParam { name: "slug", separator: None }],
//!         delimiters: "/",
//!         case_sensitive: true,
//!     },
//!     has: &[],
//!     missing: &[],
//! };
//! static NEWS: Destination = Destination {
//!     text: "/news/:slug",
//!     origin: Origin::Same,
//!     path: &[
//!         Piece::Literal("/news"),
//!         Piece::Param { name: "slug", prefix: "/", suffix: "", list: false },
//!     ],
//!     query: &[],
//!     fragment: None,
//!     appends: false,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let old = RuleMatcher::new(&OLD)?;
//! let news = NEWS.resolve(|_| None)?;
//! let headers = http::HeaderMap::new();
//! let subject = Subject { path: "/old/x%20y", query: Some("z=1"), host: None, headers: &headers };
//! let captures = old.captures(&subject)?.expect("the path matches");
//! assert_eq!(news.fill(&captures, subject.query)?.to_string(), "/news/x%20y?z=1");
//! # Ok(())
//! # }
//! ```
//!
//! Everything is a pure function of the request's head. A path that does not begin like a source costs one
//! comparison and no allocation.
//!
//! Not to be confused with the matching of routes, which is [`routing`](crate::routing)'s.

mod base;
mod captures;
mod condition;
mod destination;
mod encode;
mod error;
mod expression;
mod header;
mod piece;
mod proxy_matcher;
mod query;
mod rule;
mod segments;
mod source;
mod subject;
mod variable;

#[cfg(test)]
pub(crate) mod tests;

pub use self::{
    base::without_base,
    captures::Captures,
    condition::{Condition, ConditionTest, Conditions, Place},
    destination::{Destination, Origin, QueryPair, ResolvedDestination, Target},
    error::{BadPattern, Refused, TooComplex},
    expression::Regex,
    header::HeaderTemplate,
    piece::Piece,
    proxy_matcher::ProxyMatcher,
    rule::{Rule, RuleMatcher},
    source::{Part, Shape, Source, SourceMatcher, SourceParam},
    subject::Subject,
    variable::{BadVariable, Variable},
};
