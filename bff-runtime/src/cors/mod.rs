//! CORS: which pages of other origins may read an answer (Fetch standard, section 3.2).
//!
//! ```text
//! OPTIONS with Access-Control-Request-Method → preflight: 204, and who may do what
//! any other request → CorsAnswer, made of the request → put on the response, whatever its status
//! ```
//!
//! A browser sends an origin in one spelling: lower case, the port only where it is not that of the scheme, no dot at
//! its end (RFC 6454 section 6.2). The build has checked that a policy has the same spelling. So origins are compared
//! byte by byte, what is sent in another spelling comes from no browser, and the answer has the bytes of the request:
//! nothing is parsed, and nothing is allocated.
//!
//! Which headers a page may send is no guard once its origin is let in, so where a policy does not list them, what is
//! asked for is allowed: as names, never as whatever the client wrote.

mod allowed_origin;
mod answer;
mod data;
mod preflight;

#[cfg(test)]
mod tests;

pub use self::{
    allowed_origin::AllowedOrigin,
    data::{AllowedHeaders, Cors, Origins},
};

pub(crate) use self::{
    answer::CorsAnswer,
    preflight::{is_preflight, preflight, requested_method},
};
