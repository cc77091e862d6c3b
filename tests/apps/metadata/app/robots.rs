use bff::metadata::robots;

#[robots]
fn made() -> &'static str {
    "User-Agent: *\nAllow: /\n"
}
