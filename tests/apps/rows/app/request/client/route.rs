use bff::{Request, RequestExt, get, post, request::ClientIp};

#[get]
async fn show(ClientIp(ip): ClientIp) -> String {
    ip.to_string()
}

#[post]
async fn create(request: Request) -> String {
    request.client_ip().map_or_else(|| "nobody".to_owned(), |ip| ip.to_string())
}
