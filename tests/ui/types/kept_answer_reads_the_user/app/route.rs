use bff::{get, session::Session};

#[get(revalidate = "60s")]
async fn index(session: Session) -> String {
    format!("{:?}", session.user())
}
