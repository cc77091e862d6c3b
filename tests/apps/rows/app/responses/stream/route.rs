use bff::{Response, get, response::stream};
use futures_util::stream::iter;

#[get]
async fn words() -> Response {
    stream(iter(["one ", "two "].map(Ok::<_, bff::Error>)))
}
