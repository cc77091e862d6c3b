//! One page more than a file may list.

use bff::{
    metadata::{Sitemap, sitemap},
    request::Url,
};

#[sitemap]
fn pages(url: Url) -> Sitemap {
    Sitemap::new().urls((0..50_001).map(|page| format!("{}/pages/{page}", url.origin())))
}
