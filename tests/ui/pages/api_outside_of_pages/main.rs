bff::app!();

#[bff::api]
async fn hello() -> &'static str {
    "hello"
}

fn main() {
    let _ = app::router();
}
