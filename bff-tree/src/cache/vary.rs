use super::CacheMistake;
use crate::token::is_token;

/// What of a request, beside its URL, an answer may depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vary {
    /// A header, in lower case.
    Header(String),
    /// `cookie:theme`: a cookie, by its name.
    Cookie(String),
}

/// What stands before the name of a cookie.
const COOKIE: &str = "cookie:";

impl Vary {
    /// Reads `accept-language` or `cookie:theme`.
    pub(crate) fn read(text: &str) -> Result<Self, CacheMistake> {
        if let Some(name) = text.strip_prefix(COOKIE) {
            if is_token(name) {
                return Ok(Self::Cookie(name.to_owned()));
            }
            return Err(CacheMistake::new(
                format!("`{name}` is no name of a cookie"),
                "write the name as it was set: `\"cookie:theme\"`",
            ));
        }
        let name = text.to_ascii_lowercase();
        match &*name {
            "*" => Err(CacheMistake::new(
                "what depends on everything is never the same twice",
                "name the headers that the handler reads, or remove `revalidate`",
            )),
            "cookie" => Err(CacheMistake::new(
                "the header `cookie` has all cookies in it, so hardly two requests have the same",
                "name the one that counts: `\"cookie:theme\"`",
            )),
            name if is_token(name) => Ok(Self::Header(name.to_owned())),
            _ => Err(CacheMistake::new(
                format!("`{text}` is no name of a header"),
                "write the name as a request has it: `\"accept-language\"`",
            )),
        }
    }
}

/// As it is written, headers in lower case.
impl std::fmt::Display for Vary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Header(name) => f.write_str(name),
            Self::Cookie(name) => write!(f, "{COOKIE}{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_cookies_are_named() {
        for (text, expected) in [
            ("accept-language", Ok("accept-language")),
            ("Accept-Language", Ok("accept-language")),
            ("cookie:theme", Ok("cookie:theme")),
            ("cookie:Theme", Ok("cookie:Theme")),
            (
                "Cookie",
                Err(
                    "the header `cookie` has all cookies in it, so hardly two requests have the same",
                ),
            ),
            ("*", Err("what depends on everything is never the same twice")),
            ("cookie:", Err("`` is no name of a cookie")),
            ("cookie:a b", Err("`a b` is no name of a cookie")),
            ("accept language", Err("`accept language` is no name of a header")),
            ("", Err("`` is no name of a header")),
        ] {
            let found = Vary::read(text).map(|vary| vary.to_string());
            let found = found.map_err(|mistake| mistake.message);
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{text}");
        }
    }
}
