use super::{RateLimitKey, RateLimitMistake};
use crate::{rust_path::is_rust_path, token::is_token};

/// Fields in which proxies put the address of the client. Anybody can send them.
const OF_PROXIES: &[&str] = &[
    "forwarded",
    "x-forwarded-for",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "fly-client-ip",
];

/// `header NAME`.
pub(super) fn header(name: &str) -> Result<RateLimitKey, RateLimitMistake> {
    if !is_token(name) {
        return Err(RateLimitMistake::new(
            format!("`{name}` is no name of a header"),
            "write the name as a request has it: `by header x-api-key`",
        ));
    }
    let name = name.to_ascii_lowercase();
    if OF_PROXIES.contains(&&*name) {
        return Err(RateLimitMistake::new(
            format!(
                "anybody can write what they like in `{name}`, and so have a new quota each time"
            ),
            "write `by ip`, and name the proxies that may say who the client is in `trusted_proxies` of bff.toml",
        ));
    }
    if name == "cookie" {
        return Err(RateLimitMistake::new(
            "the header `cookie` has all cookies in it, which change",
            "name the one that counts: `by cookie NAME`",
        ));
    }
    Ok(RateLimitKey::Header(name))
}

/// `cookie NAME`.
pub(super) fn cookie(name: &str) -> Result<RateLimitKey, RateLimitMistake> {
    if is_token(name) {
        Ok(RateLimitKey::Cookie(name.to_owned()))
    } else {
        Err(RateLimitMistake::new(
            format!("`{name}` is no name of a cookie"),
            "write the name as it was set: `by cookie visitor`",
        ))
    }
}

/// `fn PATH`.
pub(super) fn function(path: &str) -> Result<RateLimitKey, RateLimitMistake> {
    if is_rust_path(path) {
        Ok(RateLimitKey::Function(path.to_owned()))
    } else {
        Err(RateLimitMistake::new(
            format!("`{path}` is no path of a function"),
            "write it as in Rust: `by fn crate::keys::tenant`",
        ))
    }
}
