use std::fmt;

use crate::suggest;

/// An HTTP method as a route file names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method(String);

/// The methods that have an attribute of their own.
pub(crate) const WITH_ATTRIBUTE: [&str; 7] =
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Registered methods that `#[route(…)]` takes as a bare word (IANA HTTP Method Registry).
const REGISTERED: [&str; 38] = [
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "MOVE",
    "OPTIONS",
    "ORDERPATCH",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
    "PURGE",
];

/// Why a method cannot be routed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MethodMistake {
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Method {
    /// The method of an attribute name, `get` → `GET`.
    pub fn from_attribute(name: &str) -> Option<Self> {
        WITH_ATTRIBUTE
            .iter()
            .find(|method| method.to_ascii_lowercase() == name)
            .map(|&method| Self(method.to_owned()))
    }

    /// A bare word in `#[route(…)]`: a registered method, in upper case.
    pub(crate) fn from_word(word: &str) -> Result<Self, MethodMistake> {
        refuse_unroutable(word)?;
        if REGISTERED.contains(&word) {
            return Ok(Self(word.to_owned()));
        }
        Err(MethodMistake {
            message: format!("`{word}` is not a registered HTTP method"),
            help: match suggest::nearest(word, REGISTERED) {
                Some(near) => format!("did you mean `{near}`? methods are written in upper case"),
                None => format!("write a method of your own as a string: `\"{word}\"`"),
            },
        })
    }

    /// A string in `#[route(…)]`: any token of RFC 9110 section 9.1.
    pub(crate) fn from_string(token: &str) -> Result<Self, MethodMistake> {
        refuse_unroutable(token)?;
        // Methods are case-sensitive, so this would be another method; nobody means that.
        if let Some(registered) = REGISTERED
            .iter()
            .find(|registered| registered.eq_ignore_ascii_case(token) && **registered != token)
        {
            return Err(MethodMistake {
                message: format!(
                    "`{token}` is not the method `{registered}`: methods are case-sensitive"
                ),
                help: format!("write `{registered}`"),
            });
        }
        let is_token = !token.is_empty()
            && token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        if is_token {
            Ok(Self(token.to_owned()))
        } else {
            Err(MethodMistake {
                message: format!("`{token}` is not a method token"),
                help: "use letters, digits and the marks that RFC 9110 allows in a token"
                    .to_owned(),
            })
        }
    }

    /// The method as sent on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn refuse_unroutable(method: &str) -> Result<(), MethodMistake> {
    let upper = method.to_ascii_uppercase();
    match &*upper {
        "TRACE" | "CONNECT" => Err(MethodMistake {
            message: format!("`{upper}` cannot be routed"),
            help:
                "remove it; bff answers it with 405, because it reflects requests or opens tunnels"
                    .to_owned(),
        }),
        _ => Ok(()),
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rh_065_registered_methods_are_words_and_any_token_is_a_string() {
        for word in ["GET", "PROPFIND", "QUERY"] {
            assert_eq!(Method::from_word(word).expect(word).as_str(), word);
        }
        for (word, help) in [
            ("GTE", "`GET`"),
            ("get", "`GET`"),
            ("FROBNICATE", "\"FROBNICATE\""),
            ("TRACE", "405"),
            ("CONNECT", "405"),
        ] {
            let mistake = Method::from_word(word).expect_err(word);
            assert!(mistake.help.contains(help), "{word}: {}", mistake.help);
        }
        assert_eq!(Method::from_string("M-SEARCH").expect("a token").as_str(), "M-SEARCH");
        for token in ["", "A B", "A/B", "É", "TRACE"] {
            assert!(Method::from_string(token).is_err(), "{token}");
        }
    }
}
