use bff::{Response, get, response::html};

#[get]
async fn page() -> Response {
    html("<p>nothing of another site runs here</p>\n")
}
