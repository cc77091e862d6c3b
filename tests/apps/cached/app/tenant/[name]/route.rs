use bff::{Query, State, cookies::Cookies, get, http::HeaderMap};

use crate::apps::cached::Cached;

/// Tells all that it can know of the request.
#[get(revalidate = "1h", vary = ["x-tenant", "cookie:realm"])]
async fn show(
    name: String,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    cookies: Cookies,
    State(cached): State<Cached>,
) -> String {
    cached.run("tenant");
    let tenants: Vec<_> = headers.get_all("x-tenant").iter().collect();
    let cookies: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{name} {query:?} {tenants:?} {cookies:?}")
}
