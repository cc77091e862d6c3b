//! The lines on the terminal at the start (rows CL-11, EV-04). The only file of the server that prints.

use std::{
    io::{self, Write as _},
    net::SocketAddr,
};

/// Says where the server listens and which `.env` files count.
///
/// It goes to stderr, since stdout belongs to the program, and is not a log event, since a
/// developer wants to see the address whatever the level is.
pub(super) fn print(address: SocketAddr, env_files: &[&str]) {
    // A terminal that is gone is no reason not to serve.
    let _ = io::stderr().lock().write_all(text(address, env_files).as_bytes());
}

fn text(address: SocketAddr, env_files: &[&str]) -> String {
    // A wildcard address cannot be opened in a browser.
    let place = match address.ip().is_unspecified() {
        true => format!("localhost:{}", address.port()),
        false => address.to_string(),
    };
    let mut text = format!("  bff {}  http://{place}\n", env!("CARGO_PKG_VERSION"));
    if !env_files.is_empty() {
        text += &format!("  environment  {}\n", env_files.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_holds_an_address_to_click_on() {
        let version = env!("CARGO_PKG_VERSION");
        for (address, url) in [
            ("0.0.0.0:3000", "http://localhost:3000"),
            ("[::]:3000", "http://localhost:3000"),
            ("127.0.0.1:49152", "http://127.0.0.1:49152"),
            ("[::1]:80", "http://[::1]:80"),
        ] {
            let address = address.parse().unwrap();
            assert_eq!(text(address, &[]), format!("  bff {version}  {url}\n"));
        }
    }

    #[test]
    fn ev_04_the_files_are_listed_in_one_line() {
        let text = text("127.0.0.1:1".parse().unwrap(), &[".env.local", ".env"]);
        assert!(text.ends_with("\n  environment  .env.local, .env\n"), "{text}");
        assert_eq!(text.lines().count(), 2);
    }
}
