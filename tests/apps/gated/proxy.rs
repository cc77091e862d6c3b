use bff::{State, proxy::Proxy};
use handler_library::GateConfig;

const V1: &str = "/v1";
const AREA: &str = concat!("/ar", "ea/:path*");

/// The proxy of a library, for paths that constants name and conditions narrow.
#[bff::proxy(
    matcher = [
        AREA,
        concat!(V1, "/:path*"),
        { source = "/by/header", has = [{ type = "header", key = "X-Debug" }] },
        { source = "/by/value", has = [{ type = "header", key = "x-version", value = "v[2-9]" }] },
        { source = "/by/cookie", missing = [{ type = "cookie", key = "beta", value = "on" }] },
        {
            source = "/by/query",
            has = [{ type = "query", key = "preview", present = true }, { type = "query", key = "id", value = r"(?<id>\d+)" }],
        },
        { source = "/by/host", has = [{ type = "host", value = "(?<tenant>.+)\\.example" }] },
    ],
    exclude = concat!("/area/", "open"),
)]
fn proxy(State(config): State<GateConfig>) -> impl Proxy {
    handler_library::gate(config)
}
