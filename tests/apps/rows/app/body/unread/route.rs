use bff::{Request, route};

/// Answers without a look at the body (RH-117).
#[route(GET, POST, DELETE)]
async fn ignore(request: Request) -> &'static str {
    drop(request);
    "not read"
}
