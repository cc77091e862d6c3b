use bff::metadata::icon;

#[icon(content_type = "image/svg+xml")]
fn made(id: u64) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{id}\"/>")
}
