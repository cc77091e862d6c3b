//! HM-11: a response that depends on a header says so, or a cache gives one client what was meant for another.

use super::app;
use crate::{explain::Stage, testing::client};

const CONFIG: &str = r#"
[[rewrites.before]]
source = "/page/:name"
has = [{ type = "header", key = "Accept", value = "(.*)text/markdown(.*)" }]
destination = "/"

[[redirects]]
source = "/beta"
has = [{ type = "cookie", key = "beta" }]
missing = [{ type = "header", key = "x-stay" }, { type = "query", key = "q" }]
destination = "/"
permanent = false

[[headers]]
source = "/page/:name"
headers = { "vary" = "origin" }

[[headers]]
source = "/page/two"
missing = [{ type = "header", key = "accept" }]
headers = { "x-a" = "1" }

[[headers]]
source = "/query"
has = [{ type = "query", key = "q" }, { type = "host", value = "a" }]
headers = { "x-a" = "1" }
"#;

#[tokio::test]
async fn hm_11_cve_2025_49005_what_a_condition_looks_at_is_in_vary() {
    let client = client(app(CONFIG));
    // A problem document depends on `Accept` by itself, and says so once.
    for (path, header, expected, names) in [
        ("/page/one", ("accept", "text/markdown"), &["accept", "origin"][..], Some("accept")),
        // The other answer has it as well: a cache may keep either.
        ("/page/one", ("accept", "text/html"), &["accept", "origin"], Some("accept")),
        ("/page/two", ("accept", "text/html"), &["accept", "origin"], Some("accept")),
        ("/page", ("accept", "text/html"), &["accept"], None),
        ("/beta", ("cookie", "beta=1"), &["cookie, x-stay"], Some("cookie, x-stay")),
        ("/beta", ("cookie", "a=1"), &["accept", "cookie, x-stay"], Some("cookie, x-stay")),
        ("/query?q=1", ("host", "a"), &["accept"], None),
        ("/", ("accept", "text/markdown"), &["accept"], None),
    ] {
        let answer = client.get(path).header(header.0, header.1).await;
        let lines = answer.headers().get_all("vary").iter();
        let lines: Vec<_> = lines.map(|line| line.to_str().unwrap()).collect();
        assert_eq!(lines, expected, "{path} {header:?}");
        let explained = client.get(path).header(header.0, header.1).explain().await;
        let said = explained.at(Stage::Headers).filter_map(|step| step.text().split_once("vary: "));
        let said = said.map(|(_, names)| names).find(|names| *names != "origin");
        assert_eq!(said, names, "{explained}");
    }
}
