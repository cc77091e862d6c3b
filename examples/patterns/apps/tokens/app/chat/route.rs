use bff::{
    Response, post,
    response::{ResponseExt, stream},
};

use crate::answer;

/// A client that goes away drops the stream, and with it the request to the model.
#[post]
async fn chat(prompt: String) -> Response {
    stream(answer(&prompt)).with_content_type("text/plain; charset=utf-8")
}
