//! Made, and without entries.

#[bff::metadata::sitemaps]
fn parts() -> [u8; 1] {
    [1]
}

#[bff::metadata::sitemap]
fn part(id: u8) -> String {
    format!("<urlset id=\"{id}\"/>")
}
