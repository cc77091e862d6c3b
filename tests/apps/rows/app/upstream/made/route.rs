use bff::{
    Request, Response, Result, get,
    upstream::{Upstream, forward},
};

#[get]
async fn made(request: Request) -> Result<Response> {
    let host = request.headers()["x-to"].to_str()?.to_owned();
    let upstream = Upstream::at_start(format!("http://{host}"))?;
    forward(request, &upstream).await
}
