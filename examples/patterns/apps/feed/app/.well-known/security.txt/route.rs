use bff::get;

/// Whom to tell of a weakness (RFC 9116).
#[get]
fn security() -> &'static str {
    "Contact: mailto:security@example.com\nExpires: 2030-01-01T00:00:00Z\n"
}
