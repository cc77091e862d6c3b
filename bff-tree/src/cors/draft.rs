use std::{collections::HashSet, ops::Range, time::Duration};

use super::{AllowedHeaders, Cors, Origins};
use crate::{
    AllowedOrigin, Code,
    path_pattern::PatternMistake,
    quantity::{self, QuantityMistake},
};

/// What takes away the policy that a wider rule sets.
pub(crate) const NONE: &str = "none";

/// Browsers keep no answer for longer (Chromium), so a longer time would promise what does not come.
const LONGEST: Duration = Duration::from_secs(2 * 60 * 60);

/// A value with its place: bytes of a file, or a span.
#[derive(Clone, Debug)]
pub(crate) struct Said<T, P> {
    pub(crate) value: T,
    pub(crate) place: P,
}

/// A policy as it is written. What is `None` is not said, or could not be read and has been told.
#[derive(Debug)]
pub(crate) struct Draft<P> {
    pub(crate) place: P,
    pub(crate) origins: Option<Vec<Said<String, P>>>,
    pub(crate) credentials: Option<Said<bool, P>>,
    pub(crate) allow_headers: Option<Vec<Said<String, P>>>,
    pub(crate) expose_headers: Option<Vec<Said<String, P>>>,
    pub(crate) max_age: Option<Said<String, P>>,
    pub(crate) private_network: Option<Said<bool, P>>,
}

/// Who is told of a mistake: where, and which bytes of the text there.
type Tell<'a, P> = &'a mut dyn FnMut(&P, PatternMistake);

impl<P> Draft<P> {
    /// Nothing but a place and origins.
    pub(crate) fn of(place: P, origins: Option<Vec<Said<String, P>>>) -> Self {
        Self {
            place,
            origins,
            credentials: None,
            allow_headers: None,
            expose_headers: None,
            max_age: None,
            private_network: None,
        }
    }

    /// The policy; `None` when its origins are not known. Everything that is wrong is told.
    pub(crate) fn check(self, tell: Tell<'_, P>) -> Option<Cors> {
        let origins = self.origins.and_then(|origins| listed(&origins, &self.place, tell));
        let is_credentialed = self.credentials.as_ref().is_some_and(|said| said.value);
        if let (Some(Origins::Any), Some(said)) = (&origins, &self.credentials)
            && is_credentialed
        {
            // Fetch section 3.2.5: a browser refuses it, and whoever echoes the origin in its place lets every page act
            // for whoever looks at it.
            tell(&said.place, PatternMistake {
                code: Code::CorsPolicy,
                at: 0.."true".len(),
                message: "`credentials` and `\"*\"` exclude each other: any page could act for the user".to_owned(),
                help: "list the origins that may send cookies, `origins = [\"https://app.example.com\"]`".to_owned(),
            });
        }
        let allow_headers = match self.allow_headers {
            Some(names) => AllowedHeaders::Listed(headers(&names, refused_in_requests, tell)),
            None => AllowedHeaders::Asked,
        };
        let exposed = self.expose_headers.unwrap_or_default();
        let refused = |name: &str| refused_in_answers(name, is_credentialed, exposed.len());
        let expose_headers = headers(&exposed, refused, tell);
        let max_age = self.max_age.and_then(|said| match max_age(&said.value) {
            Ok(duration) => Some(duration),
            Err(QuantityMistake { message, help }) => {
                let at = 0..said.value.len();
                tell(&said.place, PatternMistake { code: Code::Quantity, at, message, help });
                None
            }
        });
        Some(Cors {
            origins: origins?,
            credentials: is_credentialed,
            allow_headers,
            expose_headers,
            max_age: max_age.unwrap_or(Cors::MAX_AGE),
            private_network: self.private_network.is_some_and(|said| said.value),
        })
    }
}

fn listed<P>(origins: &[Said<String, P>], place: &P, tell: Tell<'_, P>) -> Option<Origins> {
    if origins.is_empty() {
        let help = "list one, `\"https://app.example.com\"`, or write `cors = \"none\"`";
        tell(place, mistake(0..0, "no origin is listed, so no page could read anything", help));
        return None;
    }
    let mut any = None;
    let mut kept: Vec<AllowedOrigin> = Vec::new();
    for said in origins {
        let text = &*said.value;
        if text == "*" {
            any = Some(said);
            continue;
        }
        if text == NONE {
            let help = "write `cors = \"none\"`, without a list";
            tell(&said.place, mistake(0..text.len(), "`none` stands alone", help));
            continue;
        }
        match AllowedOrigin::parse(text) {
            Ok(origin) if kept.contains(&origin) => {
                let message = format!("`{text}` is listed twice");
                tell(&said.place, mistake(0..text.len(), message, "remove one of them"));
            }
            Ok(origin) => kept.push(origin),
            Err(wrong) => tell(&said.place, wrong),
        }
    }
    match any {
        None => (!kept.is_empty()).then_some(Origins::Listed(kept)),
        Some(star) if origins.len() > 1 => {
            let help = "remove the star, or the others";
            let message = "`*` is every origin, so there are no others beside it";
            tell(&star.place, mistake(0..1, message, help));
            None
        }
        Some(_) => Some(Origins::Any),
    }
}

/// Names in lower case, each once.
fn headers<P>(
    names: &[Said<String, P>],
    refused: impl Fn(&str) -> Option<(&'static str, &'static str)>,
    tell: Tell<'_, P>,
) -> Vec<String> {
    let mut known = HashSet::new();
    let mut kept = Vec::new();
    for said in names {
        let name = said.value.to_ascii_lowercase();
        let at = 0..said.value.len();
        if let Some((message, help)) = refused(&name) {
            tell(&said.place, mistake(at, message, help));
        } else if name.is_empty() || !name.bytes().all(is_token) {
            let message = format!("`{}` is no name of a header", said.value);
            tell(&said.place, mistake(at, message, "write one name, like `x-request-id`"));
        } else if known.insert(name.clone()) {
            kept.push(name);
        } else {
            let message = format!("`{}` is listed twice", said.value);
            tell(&said.place, mistake(at, message, "remove one of them"));
        }
    }
    kept
}

/// RFC 9110 section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn refused_in_requests(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        // Beside credentials it is a name and no star (Fetch section 3.2.5), and it is never `authorization`.
        "*" => Some((
            "a star does not mean every header: `authorization` is not in it",
            "remove `allow_headers`; without it, a page may send what it asks for",
        )),
        "cookie" | "cookie2" => Some((
            "no page sets this header",
            "remove it; cookies are sent where `credentials = true`",
        )),
        "origin" | "host" | "referer" => {
            Some(("browsers set this header, and ask nobody for it", "remove it"))
        }
        _ => None,
    }
}

fn refused_in_answers(
    name: &str,
    is_credentialed: bool,
    names: usize,
) -> Option<(&'static str, &'static str)> {
    match name {
        "*" if is_credentialed => Some((
            "beside `credentials`, a star is no star but the name of a header",
            "list the names",
        )),
        "*" if names > 1 => Some((
            "`*` is every header, so there are no others beside it",
            "remove the star, or the others",
        )),
        "set-cookie" | "set-cookie2" => Some(("no page can read this header", "remove it")),
        _ => None,
    }
}

fn max_age(text: &str) -> Result<Duration, QuantityMistake> {
    if text == "0s" {
        return Ok(Duration::ZERO);
    }
    let wrong = |message: String, help: &str| QuantityMistake { message, help: help.to_owned() };
    match quantity::duration(text)? {
        None => Err(wrong(
            "browsers keep no answer for ever".to_owned(),
            "write \"2h\", the longest that they do, or \"0s\" to be asked each time",
        )),
        Some(duration) if duration > LONGEST => Err(wrong(
            format!("browsers keep no answer for `{text}`"),
            "write \"2h\", the longest that they do, or less",
        )),
        Some(duration) if duration.subsec_nanos() > 0 => {
            Err(wrong(format!("`{text}` is no whole number of seconds"), "write seconds, \"10s\""))
        }
        Some(duration) => Ok(duration),
    }
}

fn mistake(
    at: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> PatternMistake {
    PatternMistake { code: Code::CorsPolicy, at, message: message.into(), help: help.into() }
}
