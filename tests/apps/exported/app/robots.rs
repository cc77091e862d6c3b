use bff::metadata::robots;

#[robots]
fn robots() -> &'static str {
    "User-Agent: *\nAllow: /\n"
}
