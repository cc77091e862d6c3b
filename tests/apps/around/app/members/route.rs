use bff::{get, post, session::Session};

#[get(require = "user", rate_limit = "2/min by user")]
async fn members(session: Session) -> String {
    format!("welcome {}", session.user().as_deref().unwrap_or("nobody"))
}

#[post(rate_limit = "2/min by session")]
async fn anybody() -> &'static str {
    "in"
}
