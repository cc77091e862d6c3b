use bff::{
    Request, Response, Result,
    axum::Extension,
    cookies::Cookies,
    route,
    upstream::{Upstream, forward},
};

#[route(GET, POST, DELETE)]
async fn pass(
    Extension(upstream): Extension<Upstream>,
    cookies: Cookies,
    request: Request,
) -> Result<Response> {
    cookies.set_value("ours", "1")?;
    forward(request, &upstream).strip_prefix("/upstream/pass").await
}
