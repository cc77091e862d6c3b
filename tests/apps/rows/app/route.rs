use bff::get;

/// The root.
#[get]
async fn index() -> &'static str {
    "the root"
}
