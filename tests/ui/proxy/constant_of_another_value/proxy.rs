use bff::{
    Request,
    proxy::{self, Proxied},
};

#[cfg(all())]
use self::released::API;

mod released {
    pub(crate) const API: &str = "/api/:path*";
}

#[cfg(any())]
const API: &str = "/beta/:path*";

#[bff::proxy(matcher = API)]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
