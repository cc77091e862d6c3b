use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use bff::{
    Request, RequestExt, Response,
    cookies::Cookie,
    http::{HeaderName, HeaderValue},
    proxy::{self, Next, Proxied, Proxy},
};

/// What the app decides.
#[derive(Clone, Debug)]
pub struct GateConfig {
    /// Where those go who are not signed in.
    pub login: String,
    /// Passes only those who bring this cookie.
    pub cookie: String,
}

/// The proxy of an app with a part for members: it lets them in, counts them, and sends the others to sign in.
pub fn gate(config: GateConfig) -> impl Proxy {
    let config = Arc::new(config);
    let visits = Arc::new(AtomicU64::new(0));
    proxy::decide(move |request: Request| {
        decided(Arc::clone(&config), Arc::clone(&visits), request)
    })
}

async fn decided(
    config: Arc<GateConfig>,
    visits: Arc<AtomicU64>,
    request: Request,
) -> bff::Result<Proxied> {
    if request.cookies().get(&config.cookie).is_none() {
        return Ok(proxy::redirect(request.url().join(&config.login)?));
    }
    let visit = visits.fetch_add(1, Ordering::Relaxed) + 1;
    Ok(proxy::next().cookie(Cookie::new("visits", visit.to_string())?))
}

/// A proxy around whatever comes next, which adds a header to each answer.
pub fn stamp(name: HeaderName, value: HeaderValue) -> impl Proxy {
    move |request: Request, next: Next| {
        let (name, value) = (name.clone(), value.clone());
        async move {
            let mut response: Response = next.run(request).await;
            response.headers_mut().append(name, value);
            response
        }
    }
}
