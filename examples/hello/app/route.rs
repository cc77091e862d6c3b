use bff::get;

/// Answers at the root.
#[get]
async fn index() -> &'static str {
    "Hello from bff!"
}
