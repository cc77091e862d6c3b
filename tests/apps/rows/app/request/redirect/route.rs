use bff::{
    get, post,
    request::Url,
    response::{Redirect, permanent_redirect, redirect},
};

/// Redirects to where the query says.
#[get]
async fn show(url: Url) -> Redirect {
    redirect(url.query().get("to").unwrap_or_default())
}

/// The same from a task of its own, and for good.
#[post]
async fn create(url: Url) -> Redirect {
    let to = url.query().get("to").unwrap_or_default().into_owned();
    let made = tokio::spawn(async move { permanent_redirect(to) }).await;
    made.unwrap_or_else(|_| permanent_redirect("/lost"))
}
