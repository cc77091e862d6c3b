//! What a handler can answer with.
//!
//! Everything here is an ordinary [`IntoResponse`](axum::response::IntoResponse) value, so all of axum's own
//! responses work beside it, and [`ResponseExt`] sets status and headers of any of them.
//!
//! | for | use |
//! |---|---|
//! | a value, a text, a page | [`json`], [`text`], [`html`], [`bytes()`] |
//! | XML, feeds, tables | [`xml`] and [`XmlElement`], [`rss`], [`csv`] and [`CsvTable`] |
//! | no body | [`status`], [`no_content`], [`created`] |
//! | elsewhere | [`redirect`], [`see_other`], [`permanent_redirect`] |
//! | a failure | [`not_found`], [`forbidden`], [`unauthorized`], [`problem`] |
//! | a body that is made while it is sent | [`stream`](fn@stream), [`sse`](fn@sse) |
//! | a file | [`file`](fn@file), [`file_in`] |
//! | what users wrote | [`html_escape`] |
//! | the same state as before | [`Etag`], [`ResponseExt::with_body_etag`], [`Preconditions`] |

mod build;
#[cfg(feature = "compression")]
mod compression;
mod conditional;
mod content;
mod content_type;
mod csv_table;
mod disposition;
mod escape;
mod etag;
mod file;
mod http_date;
mod interrupt;
mod json;
mod memory;
mod preconditions;
mod range;
mod ranges;
mod redirect;
mod rss;
#[cfg(feature = "sanitize")]
mod sanitize;
mod source;
mod sse;
mod status;
mod stream;
mod vary;
mod xml;

pub use self::{
    build::ResponseExt,
    content::{bytes, csv, html, json, text, xml},
    csv_table::CsvTable,
    escape::html_escape,
    etag::Etag,
    file::{File, file, file_in},
    interrupt::{forbidden, not_found, problem, unauthorized},
    json::Json,
    preconditions::Preconditions,
    redirect::{Redirect, permanent_redirect, redirect, see_other},
    rss::{Rss, RssItem, rss},
    sse::{IntoSseEvent, LastEventId, Sse, SseEvent, sse},
    status::{created, no_content, status},
    stream::stream,
    xml::XmlElement,
};

#[cfg(feature = "compression")]
pub use self::compression::{Compression, compression};

#[cfg(feature = "sanitize")]
pub use self::sanitize::sanitize_html;

pub(crate) use self::redirect::NOT_IN_A_URL;
pub(crate) use self::{
    conditional::Conditions, ranges::allow_ranges_again, status::broken_rule, vary::vary,
    xml::valid_text,
};
