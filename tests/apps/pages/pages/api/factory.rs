use bff::{Request, api};

#[api]
fn factory() -> impl bff::Handler {
    |request: Request| async move { format!("made for {}", request.method()) }
}
