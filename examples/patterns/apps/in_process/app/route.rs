use bff::{
    Response, Result, get,
    response::{html, html_escape},
};

use crate::posts;

/// A page, made of a call.
#[get]
async fn index() -> Result<Response> {
    let posts = posts().await?;
    let items: String = posts.iter().map(|post| format!("<li>{}", html_escape(post))).collect();
    Ok(html(format!("<ul>{items}</ul>")))
}
