use bff::get;

/// A folder with dots is a part of the URL like any other.
#[get]
async fn security() -> &'static str {
    "Contact: mailto:security@example.com\nExpires: 2030-01-01T00:00:00Z\n"
}
