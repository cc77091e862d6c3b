use bff::{
    Query, Result, delete,
    draft::Draft,
    get,
    response::{Redirect, redirect, see_other, unauthorized},
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Preview {
    secret: String,
    slug: String,
}

#[get]
async fn enable(draft: Draft, Query(preview): Query<Preview>) -> Result<Redirect> {
    // Here the slug would be looked up in the CMS.
    let path = match &*preview.slug {
        "hello" if preview.secret == "secret" => "/posts/hello",
        _ => return Err(unauthorized()),
    };
    draft.enable();
    Ok(redirect(path))
}

#[delete]
async fn disable(draft: Draft) -> Redirect {
    draft.disable();
    see_other("/posts/hello")
}
