//! The same behind axum's router, and in a handler that a library brings.
use bff::{
    Handler, Problem, Request, Result,
    axum::{RequestExt, extract::MatchedPath},
    cookies::Cookies,
    get, post,
};

#[get]
async fn show(path: MatchedPath, cookies: Cookies) -> Result<String> {
    cookies.set_value("s", "v")?;
    Ok(format!("{} {cookies}", path.as_str()))
}

#[post]
fn create() -> impl Handler {
    async |mut request: Request| {
        let cookies: Cookies = request.extract_parts().await?;
        cookies.delete("a");
        Ok::<_, Problem>("made")
    }
}
