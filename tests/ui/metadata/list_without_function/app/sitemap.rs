use bff::metadata::sitemaps;

#[sitemaps]
fn parts() -> [u32; 2] {
    [1, 2]
}
