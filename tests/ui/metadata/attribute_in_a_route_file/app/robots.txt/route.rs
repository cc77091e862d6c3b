use bff::metadata::robots;

#[robots]
fn made() -> &'static str {
    "User-agent: *"
}

#[bff::get]
fn other() {}
