use bff::get;

#[get]
fn made() -> &'static str {
    "User-agent: *"
}
