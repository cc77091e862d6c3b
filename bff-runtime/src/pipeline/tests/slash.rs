//! `trailing_slash = "redirect"`, without a base path; the other form has an app of its own.

use super::app;
use crate::testing::client;

#[tokio::test]
async fn rd_08_bp_10_a_slash_is_taken_away_in_a_hop_of_its_own() {
    let client = client(app("[server]\ntrailing_slash = \"redirect\"\n\
         [[redirects]]\nsource = \"/old\"\ndestination = \"/rw\"\npermanent = true\n\
         [[headers]]\nsource = \"/:p*\"\nheaders = { \"x-kept\" = \"1\" }\n"));
    for (path, status, location) in [
        ("/old/", 308, Some("/old")),
        ("/old/?q=1", 308, Some("/old?q=1")),
        ("/old", 308, Some("/rw")),
        ("/", 404, None),
        ("/x/y/", 308, Some("/x/y")),
        ("/.well-known/x/", 308, Some("/.well-known/x")),
        ("//", 308, Some("/")),
        ("/x", 404, None),
    ] {
        let answer = client.get(path).await;
        assert_eq!(
            (answer.status().as_u16(), answer.header("location")),
            (status, location),
            "{path}"
        );
        let kept = (path != "//").then_some("1");
        assert_eq!(answer.header("x-kept"), kept, "RD-06 {path}");
    }
}
