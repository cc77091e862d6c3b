#[bff::metadata::apple_icon]
fn icon() -> &'static [u8] {
    b"icon"
}
