use bff::get;

/// Text. What waits for nothing need not be async.
#[get]
fn index() -> &'static str {
    "ready"
}
