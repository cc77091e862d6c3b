use bff::get;

#[get]
#[cfg(not(feature = "beta"))]
fn stable() -> &'static str {
    "stable"
}

#[get]
#[cfg(not(feature = "alpha"))]
fn later() -> &'static str {
    "later"
}
