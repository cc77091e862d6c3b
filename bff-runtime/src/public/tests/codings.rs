use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use super::{
    super::coding::{Coding, Codings},
    *,
};

#[test]
fn rfc9110_12_5_3_the_coding_is_the_one_that_the_client_likes_best() {
    use Coding::{Brotli, Gzip, Zstd};
    let all = Codings::of(|_| true);
    let gzip = Codings::of(|coding| coding == Gzip);
    for (codings, accepted, expected) in [
        (all, &[][..], None),
        (all, &["gzip, deflate, br, zstd"], Some(Brotli)),
        (all, &["gzip, deflate, zstd"], Some(Zstd)),
        (all, &["GZIP"], Some(Gzip)),
        (all, &["x-gzip"], Some(Gzip)),
        (all, &["gzip;q=1.0, br;q=0.5"], Some(Gzip)),
        (all, &["gzip;q=0.5", "br;q=0.9"], Some(Brotli)),
        (all, &["gzip;q=0"], None),
        (all, &["*"], Some(Brotli)),
        (all, &["*, br;q=0"], Some(Zstd)),
        (all, &["*;q=0"], None),
        (all, &["identity"], None),
        (all, &["identity, br;q=0.5"], None),
        (all, &["identity;q=0.5, br;q=0.4, gzip;q=0.6"], Some(Gzip)),
        (all, &["identity, br"], Some(Brotli)),
        (all, &["identity;q=0"], None),
        (all, &["deflate"], None),
        (all, &["", ",;,", "gzip;q=x"], None),
        (gzip, &["br, gzip;q=0.1"], Some(Gzip)),
        (gzip, &["br"], None),
        (Codings::default(), &["br, gzip"], None),
    ] {
        let mut headers = HeaderMap::new();
        for value in accepted {
            headers.append("accept-encoding", HeaderValue::from_static(value));
        }
        assert_eq!(codings.choose(&headers), expected, "{accepted:?}");
    }
}

#[tokio::test]
async fn a_compressed_form_is_sent_to_who_accepts_it_as_the_file_that_it_is_of() {
    let site = Site::new();
    for (way, public) in site.each_way() {
        let mut tags = Vec::new();
        for (accepted, coding, sent) in [
            ("br, gzip", Some("br"), &b"as br"[..]),
            ("gzip", Some("gzip"), b"as gzip"),
            ("zstd", None, b"plain"),
            ("identity", None, b"plain"),
        ] {
            let headers = [("accept-encoding", accepted)];
            let response = answer(&public, &request("GET", "/dir/x.js", &headers)).await;
            let response = response.expect("a file");
            let header = |name: &str| {
                response.headers().get(name).map(|value| value.to_str().expect("text"))
            };
            assert_eq!(header("content-encoding"), coding, "{accepted} {way}");
            assert_eq!(header("content-type"), Some("text/javascript; charset=utf-8"));
            assert_eq!(header("vary"), Some("accept-encoding"));
            tags.push(header("etag").expect("a tag").to_owned());
            let tag = tags.last().cloned().unwrap_or_default();
            assert_eq!(body(response).await, sent, "{accepted} {way}");

            let headers = [("accept-encoding", accepted), ("if-none-match", &tag)];
            let response = answer(&public, &request("GET", "/dir/x.js", &headers)).await;
            let response = response.expect("a file");
            assert_eq!(response.status(), 304, "{accepted} {way}");
            assert_eq!(response.headers()["vary"], "accept-encoding");
        }
        let different: std::collections::HashSet<_> = tags.iter().collect();
        assert_eq!(different.len(), 3, "{tags:?}");

        // Ranges are those of the form that is sent.
        let headers = [("accept-encoding", "gzip"), ("range", "bytes=3-6")];
        let response = answer(&public, &request("GET", "/dir/x.js", &headers)).await;
        let response = response.expect("a file");
        assert_eq!(response.headers()["content-range"], "bytes 3-6/7", "{way}");
        assert_eq!(body(response).await, b"gzip", "{way}");
    }
}

#[tokio::test]
async fn a_compressed_form_that_is_older_than_its_file_is_passed_over() {
    let site = Site::new();
    site.write_aged("public/dir/x.js", b"edited", Duration::from_secs(60));
    let stale = [File::new("x.js", b"edited"), File::stale("x.js.br", b"old")].to_vec().leak();
    for (public, path) in [
        (site.public(false), "/dir/x.js"),
        (site.public(true), "/dir/x.js"),
        (Public::new(&Folder::embedded(stale)).expect("no folder"), "/x.js"),
    ] {
        let request = request("GET", path, &[("accept-encoding", "br, gzip")]);
        let response = answer(&public, &request).await.expect("a file");
        assert!(!response.headers().contains_key("content-encoding"));
        assert_eq!(body(response).await, b"edited");
    }
}
