use std::{convert::Infallible, time::Duration};

use bff::{Response, ResponseExt, get, response::stream};
use futures_util::{StreamExt, stream::iter};
use tokio::time::sleep;

#[get]
async fn chat() -> Response {
    let words = iter(["Once ", "upon ", "a ", "time.\n"]).then(|word| async move {
        sleep(Duration::from_millis(20)).await;
        Ok::<_, Infallible>(word)
    });
    stream(words).with_content_type("text/plain; charset=utf-8")
}
