bff::app!();

mod auth {
    pub async fn admin(headers: bff::http::HeaderMap) -> bool {
        headers.contains_key("x-admin")
    }
}

fn main() {
    let _ = app::router();
}
