use std::fmt;

use bff::{Result, get, post};

/// `?` on an error of the standard library.
#[get]
async fn read() -> Result<String> {
    let text = std::fs::read_to_string("/nonexistent/secret-file")?;
    Ok(text)
}

/// `?` on an error with causes.
#[post]
async fn write() -> Result {
    Err(Outer(Inner))?;
    Ok(())
}

#[derive(Debug)]
struct Outer(Inner);

#[derive(Debug)]
struct Inner;

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the secret database is away")
    }
}

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("secret password refused")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl std::error::Error for Inner {}
