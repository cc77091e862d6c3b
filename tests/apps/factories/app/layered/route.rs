use bff::{
    Handler, Request, Response,
    axum::{
        middleware::{Next, from_fn, map_response},
        routing::{self, MethodRouter},
    },
    cookies::Cookies,
    delete, get, handler,
    http::HeaderValue,
    post,
};
use tower::ServiceBuilder;

/// Several layers, the first one outermost, around one handler of one route.
#[get]
fn show() -> impl Handler {
    let layers = ServiceBuilder::new()
        .layer(map_response(async |response: Response| stamped(response, "outer")))
        .layer(from_fn(async |request: Request, next: Next| {
            stamped(next.run(request).await, "inner")
        }));
    handler::layered(layers, async |_: Request| "layered")
}

/// What bff gives to handlers is there in a layer too.
#[post]
fn create() -> impl Handler {
    let layer = from_fn(async |cookies: Cookies, request: Request, next: Next| {
        cookies.delete("seen");
        next.run(request).await
    });
    handler::layered(layer, async |_: Request| "layered")
}

/// The same with axum's own means, around a function with extractors.
#[delete]
fn delete_it() -> impl Handler {
    let layer = map_response(async |response: Response| stamped(response, "axum"));
    let layered: MethodRouter = routing::any(async |body: String| body).layer(layer);
    handler::service(layered)
}

fn stamped(mut response: Response, by: &'static str) -> Response {
    response.headers_mut().append("x-layer", HeaderValue::from_static(by));
    response
}
