use bff::{Query, Valid, get, http::Method};
use garde::Validate;
use serde::Deserialize;

#[derive(Deserialize, Validate)]
#[serde(rename_all = "kebab-case")]
struct Page {
    #[garde(range(min = 1))]
    page: u32,
    #[garde(range(min = 1, max = 100))]
    per_page: u32,
}

/// It stands before the last argument as well.
#[get]
async fn list(Valid(Query(page)): Valid<Query<Page>>, method: Method) -> String {
    format!("{method} {} of {}", page.page, page.per_page)
}
