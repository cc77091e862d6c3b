use bff::metadata::icon;

#[icon(alt = "a fox", size = "32", content_type = "text/html")]
fn made() -> Vec<u8> {
    Vec::new()
}
