use bff::{
    Handler, Path, Request, State, after,
    axum::RequestExt,
    get,
    http::{HeaderName, HeaderValue},
    put, response,
};
use handler_library::{with_auth, with_header};

use crate::apps::factories::Config;

/// Outermost the header, so that a refusal has it too.
#[get]
fn show(State(config): State<Config>) -> impl Handler {
    with_header(
        HeaderName::from_static("x-composed"),
        HeaderValue::from_static("outer"),
        with_auth(
            config.token,
            with_header(
                HeaderName::from_static("x-composed"),
                HeaderValue::from_static("inner"),
                async |mut request: Request| {
                    let Path(id) = request.extract_parts::<Path<u64>>().await?;
                    bff::Result::<String>::Ok(format!("post {id}"))
                },
            ),
        ),
    )
}

/// A redirect as an error, and work for after it, below a wrapper.
#[put]
fn replace(State(config): State<Config>) -> impl Handler {
    with_auth(config.token, async |_: Request| {
        after(async {});
        bff::Result::<()>::Err(response::redirect("/elsewhere").into())
    })
}
