use bff::{
    Request,
    proxy::{self, Proxied},
};

#[cfg(not(feature = "beta"))]
use self::released::API;

mod released {
    pub const API: &str = "/api/:path*";
}

#[cfg(feature = "beta")]
const API: &str = "/beta/:path*";

#[bff::proxy(matcher = API)]
async fn proxy(_request: Request) -> Proxied {
    proxy::next()
}
