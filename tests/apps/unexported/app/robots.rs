use bff::{http::HeaderMap, metadata::robots};

#[robots]
fn robots(headers: HeaderMap) -> String {
    format!("# {}\n", headers.len())
}
