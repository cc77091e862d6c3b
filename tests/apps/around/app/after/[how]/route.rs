use bff::{
    IntoResponse, Response, Result, State, after, get,
    http::{StatusCode, header},
    response,
};

use crate::{apps::around::Around, support::Chunks};

/// Registers work, then ends in every way there is.
#[get]
async fn show(how: String, State(around): State<Around>) -> Result<Response> {
    after(around.clone().work("done"));
    Ok(match &*how {
        "answer" => "answered".into_response(),
        "length" => ([(header::CONTENT_LENGTH, "8")], "answered").into_response(),
        "no-content" => StatusCode::NO_CONTENT.into_response(),
        "not-modified" => StatusCode::NOT_MODIFIED.into_response(),
        "nothing" => ().into_response(),
        "error" => Err(std::io::Error::other("secret"))?,
        "redirect" => Err(response::redirect("/elsewhere"))?,
        "not-found" => return Err(response::not_found()),
        "panic" => panic!("secret"),
        "late-panic" => {
            tokio::task::yield_now().await;
            panic!("secret")
        }
        "no-status" => (StatusCode::CONTINUE, "secret").into_response(),
        "waiting" => {
            around.events.tell("waiting");
            std::future::pending().await
        }
        "endless" => Chunks::endless().watched(around.events).into_body().into_response(),
        "chunks" => Chunks::new(["one", "two"]).into_body().into_response(),
        "broken" => Chunks::new(["one"]).then_fail("secret").into_body().into_response(),
        "broken-panic" => Chunks::new(["one"]).then_panic("secret").into_body().into_response(),
        _ => return Err(response::not_found()),
    })
}
