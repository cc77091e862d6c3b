use bff::{
    Result, get, post,
    response::{Redirect, permanent_redirect, redirect, see_other},
};

#[get]
#[post]
async fn leave(kind: String) -> Result<Redirect> {
    match &*kind {
        "thrown" => Err(redirect("/dest?x=1").into()),
        "permanent" => Ok(permanent_redirect("/dest")),
        "form" => Ok(see_other("/dest")),
        "absolute" => Ok(redirect("https://example.com/a;b?a=b c")),
        "found" => Ok(Redirect::found("/dest")),
        "moved" => Ok(Redirect::moved_permanently("/dest")),
        _ => Ok(redirect("/dest?x=1")),
    }
}
