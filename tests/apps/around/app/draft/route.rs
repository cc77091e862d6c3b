use bff::{
    IntoResponse, Response, Result, State, after, delete,
    draft::Draft,
    get,
    http::header,
    post, put,
    response::{self, Redirect},
};

use crate::apps::around::Around;

/// A page that would be public.
#[get]
async fn show(draft: Draft, same: Draft) -> Response {
    let text = format!("{} {}", draft.is_enabled(), same.is_enabled());
    ([(header::CACHE_CONTROL, "public, max-age=60")], text).into_response()
}

/// Turned on, seen by the other argument, and sent away (RH-375).
#[post]
async fn enter(draft: Draft, same: Draft) -> Redirect {
    draft.enable();
    assert!(same.is_enabled());
    response::redirect("/draft")
}

#[delete]
async fn exit(draft: Draft) -> Redirect {
    draft.disable();
    response::see_other("/draft")
}

/// Too late, or for nothing: neither changes draft mode.
#[put]
async fn replace(draft: Draft, State(around): State<Around>, late: String) -> Result<&'static str> {
    if late == "failed" {
        draft.enable();
        Err(std::io::Error::other("secret"))?;
    }
    after(async move {
        draft.enable();
        around.events.tell(if draft.is_enabled() { "on" } else { "off" });
    });
    Ok("later")
}
