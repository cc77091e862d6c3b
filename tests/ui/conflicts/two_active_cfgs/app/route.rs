use bff::get;

#[get]
#[cfg(not(test))]
fn stable() -> &'static str {
    "stable"
}

#[get]
#[cfg(debug_assertions)]
fn later() -> &'static str {
    "later"
}
