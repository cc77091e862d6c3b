use bff::{Request, get, route};

#[route(PUT, PATCH)]
async fn write(request: Request) -> String {
    format!("wrote with {}", request.method())
}

/// A plain function is a handler as well.
#[get]
fn read() -> &'static str {
    "read without async"
}
