use bff::{Json, Request, RequestExt, get, post, request::UserAgent};

#[get]
async fn show(agent: UserAgent) -> Json<UserAgent> {
    Json(agent)
}

#[post]
async fn create(request: Request) -> Json<UserAgent> {
    Json(request.user_agent())
}
