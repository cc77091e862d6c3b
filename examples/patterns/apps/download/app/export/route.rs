use bff::{
    Response, get,
    response::{ResponseExt, csv},
};

/// What is made in memory is saved under a name as well; the name may hold anything.
#[get]
async fn export() -> Response {
    csv("name,age\r\nAda,36\r\n").with_download("Grüße.csv").with_body_etag().with_ranges()
}
