use bff::{Error, Response, get, response::stream};
use futures_util::stream::iter;

/// V45. There is no pause before the error.
#[get]
async fn words() -> Response {
    stream(iter([Ok("one"), Err(Error::msg("secret cause"))]))
}
