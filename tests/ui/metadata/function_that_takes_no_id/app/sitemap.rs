use bff::metadata::{sitemap, sitemaps};

#[sitemaps]
fn parts() -> [u32; 2] {
    [1, 2]
}

#[sitemap]
fn part() -> String {
    String::new()
}
