use axum::extract::{MatchedPath, Path, Query, RawPathParams, RawQuery, State};
use http::{HeaderMap, Method};

use crate::{
    cookies::Cookies,
    draft::Draft,
    pages,
    routing::{HandlerInfo, Probe},
    valid::{Around, Valid},
};

/// An argument of a handler whose answers are kept: it reads nothing that the key of the store does not hold.
///
/// What is known to the key: the params, which need nothing, `State`, [`Query`](crate::Query), and with `vary` the
/// [`HeaderMap`] and [`Cookies`], which then have the named ones only. Any other argument could make the answer to one
/// client the answer to all, and is refused at compile time (RH-343).
///
/// An extractor of one's own says so of itself. It is given a request without any header that `vary` does not name:
///
/// ```
/// # #[derive(Clone)] struct Catalog;
/// // Reads the app's state and nothing of the request.
/// impl bff::cache::Keyed for Catalog {
///     type Reads = bff::cache::reads::Nothing;
/// }
/// ```
///
/// `Extension` has no such promise: what a layer or a requirement puts there is most often about the client. What is
/// the same for everybody belongs into the app's state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may read what the key of the response cache does not hold",
    label = "the answer to one client could be kept for all others",
    note = "a handler with `revalidate` or `force_static` can take params, `State`, `Query`, and with `vary` also `HeaderMap` and `Cookies`, which then have the named ones only",
    note = "an extractor of your own says what it reads by implementing `bff::cache::Keyed`",
    note = "without `revalidate` and `force_static` a handler runs for each request and may read anything"
)]
pub trait Keyed {
    /// What it reads of a request: one of [`reads`](super::reads).
    type Reads: Part;
}

/// A part of a request: one of [`reads`](super::reads).
pub trait Part: sealed::Sealed {
    #[doc(hidden)]
    const READS: Reads;
}

mod sealed {
    pub trait Sealed {}
}

/// What an argument of a handler reads of a request, as [`Keyed`] has it.
pub mod reads {
    use super::{Part, Reads, sealed::Sealed};

    /// Nothing, or params.
    #[derive(Debug)]
    pub struct Nothing;

    /// The query.
    #[derive(Debug)]
    pub struct TheQuery;

    /// Headers that `vary` names.
    #[derive(Debug)]
    pub struct Headers;

    /// Cookies that `vary` names.
    #[derive(Debug)]
    pub struct NamedCookies;

    macro_rules! parts {
        ($($part:ident = $reads:expr,)*) => {
            $(
                impl Sealed for $part {}
                impl Part for $part {
                    const READS: Reads = $reads;
                }
            )*
        };
    }

    parts! {
        Nothing = Reads::NOTHING,
        TheQuery = Reads::QUERY,
        Headers = Reads::HEADERS,
        NamedCookies = Reads::COOKIES,
    }
}

macro_rules! keyed {
    ($($reads:ident: [$($of:ty),*] [$($plain:ty),*])*) => {
        $(
            $(impl<T> Keyed for $of { type Reads = reads::$reads; })*
            $(impl Keyed for $plain { type Reads = reads::$reads; })*
        )*
    };
}

keyed! {
    // A kept answer is always that to GET, and to no editor.
    Nothing: [State<T>, Path<T>] [Method, MatchedPath, RawPathParams, Draft]
    TheQuery: [Query<T>, crate::Query<T>] [RawQuery, pages::Query]
    Headers: [] [HeaderMap]
    NamedCookies: [] [Cookies]
}

impl<T, By: Around> Keyed for Valid<Path<T>, By> {
    type Reads = reads::Nothing;
}

impl<T, By: Around> Keyed for Valid<crate::Query<T>, By> {
    type Reads = reads::TheQuery;
}

impl<T: Keyed> Keyed for Option<T> {
    type Reads = T::Reads;
}

impl<T: Keyed, E> Keyed for Result<T, E> {
    type Reads = T::Reads;
}

/// What a handler says that the key of its answers holds beside the path.
#[derive(Debug)]
pub struct Declared<const HEADERS: bool, const COOKIES: bool, const QUERY: bool>;

/// A key that holds so much.
#[diagnostic::on_unimplemented(
    message = "the key of the response cache does not hold `{P}`, which this argument reads",
    label = "reads more than the key holds",
    note = "`Headers`: name those that it reads, `vary = [\"accept-language\"]`; it is given no others",
    note = "`NamedCookies`: name those that it reads, `vary = [\"cookie:theme\"]`; it is given no others",
    note = "`TheQuery`: a static answer is the same for every query; `revalidate` in place of `force_static` keeps one for each"
)]
pub trait Holds<P> {}

#[diagnostic::do_not_recommend]
impl<const H: bool, const C: bool, const Q: bool> Holds<reads::Nothing> for Declared<H, C, Q> {}
#[diagnostic::do_not_recommend]
impl<const H: bool, const C: bool> Holds<reads::TheQuery> for Declared<H, C, true> {}
#[diagnostic::do_not_recommend]
impl<const C: bool, const Q: bool> Holds<reads::Headers> for Declared<true, C, Q> {}
#[diagnostic::do_not_recommend]
impl<const H: bool, const Q: bool> Holds<reads::NamedCookies> for Declared<H, true, Q> {}

/// Compiles when the argument reads no more than the key holds.
pub const fn keyed<T, D>()
where
    T: Keyed,
    D: Holds<T::Reads>,
{
}

/// What all arguments of a handler read of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reads(u8);

impl Reads {
    /// Nothing but params.
    pub const NOTHING: Self = Self(0);
    /// The query.
    pub const QUERY: Self = Self(1);
    /// Headers, by name.
    pub const HEADERS: Self = Self(2);
    /// Cookies, by name.
    pub const COOKIES: Self = Self(4);
    /// Whatever it likes.
    pub const ANYTHING: Self = Self(8);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when it reads all of the other.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// True when a key with so much beside path and query holds all of it.
    const fn is_held(self, headers: bool, cookies: bool) -> bool {
        !self.has(Self::ANYTHING)
            && (headers || !self.has(Self::HEADERS))
            && (cookies || !self.has(Self::COOKIES))
    }
}

/// The answer of a [`Probe`] for types that are not [`Keyed`].
pub trait NotKeyed {
    /// The safe answer.
    const READS: Reads = Reads::ANYTHING;
}

impl<T> NotKeyed for Probe<T> {}

impl<T: Keyed> Probe<T> {
    #[doc(hidden)]
    pub const READS: Reads = <T::Reads as Part>::READS;
}

/// Stops the build of an app with a rule that would keep what it must not.
///
/// # Panics
/// With the message, when the handler reads more than the key holds.
pub const fn kept_by_rule(info: &HandlerInfo, headers: bool, cookies: bool, message: &'static str) {
    assert!(info.reads().is_held(headers, cookies), "{}", message);
}

/// Stops the build of an app that keeps each of several whose list may read more than their key holds: headers, cookies
/// and the query, as far as these say so.
///
/// # Panics
/// With the message, when the list does.
pub const fn kept_list(reads: Reads, [headers, cookies, query]: [bool; 3], message: &'static str) {
    let holds_query = query || !reads.has(Reads::QUERY);
    assert!(reads.is_held(headers, cookies) && holds_query, "{}", message);
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn security_47_a_list_reads_no_more_than_the_key_of_what_it_lists_holds() {
        for (reads, held, is_right) in [
            (Reads::NOTHING, [false; 3], true),
            (Reads::HEADERS, [true, false, false], true),
            (Reads::HEADERS, [false, true, true], false),
            (Reads::COOKIES, [true, false, true], false),
            (Reads::QUERY, [false, false, true], true),
            // A static answer is the same for every query.
            (Reads::QUERY, [true, true, false], false),
            (Reads::ANYTHING, [true; 3], false),
        ] {
            let built = catch_unwind(|| kept_list(reads, held, "it reads more"));
            assert_eq!(built.is_ok(), is_right, "{reads:?} {held:?}");
        }
    }
}
