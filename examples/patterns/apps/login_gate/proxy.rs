use bff::{
    Request, RequestExt,
    http::Method,
    proxy::{self, Proxied},
    session::Session,
};

const MEMBERS: &str = "/members/:path*";

/// Before any page for members. It is the first check and not the only one: the page asks again who it is for.
#[bff::proxy(matcher = MEMBERS)]
async fn gate(request: Request, session: Session) -> Proxied {
    if session.user().is_some() {
        return proxy::next();
    }
    let url = request.url();
    // Only what was asked for with GET can be asked for again.
    let wanted = match (request.method(), url.raw_query()) {
        (&Method::GET, Some(query)) => format!("{}?{query}", url.path()),
        (&Method::GET, None) => url.path().to_owned(),
        _ => "/members/home".to_owned(),
    };
    let login = url.with_path("/login").without_query().with_query_pair("target", wanted);
    proxy::see_other(login)
}
