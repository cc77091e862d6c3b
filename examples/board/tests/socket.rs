//! The example, run and talked to.

use bff_tests::Process;

const JSON: &[&str] = &["Content-Type: application/json"];

#[test]
fn posts_are_created_changed_and_removed() {
    let board = Process::start(env!("CARGO_BIN_EXE_board"));
    let created = board.request("POST", "/api/posts", JSON, r#"{"title":"Second"}"#);
    assert_eq!(created.status, 201);
    assert!(created.headers.contains(&"location: /api/posts/2".to_owned()), "{created:?}");
    assert_eq!(board.get("/api/posts?q=Sec").body, r#"[{"id":2,"title":"Second"}]"#);
    let renamed = board.request("PATCH", "/api/posts/2", JSON, r#"{"title":"2nd"}"#);
    assert_eq!(renamed.body, r#"{"id":2,"title":"2nd"}"#);
    assert_eq!(board.request("DELETE", "/api/posts/2", &[], "").status, 204);
    let gone = board.get("/api/posts/2");
    assert_eq!(
        (gone.status, &*gone.body),
        (404, r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"no such post"}"#)
    );
    assert_eq!(board.get("/api/posts/two").status, 404, "a param that is no number");
    let wrong = board.request("POST", "/api/posts", JSON, r#"{"name":"x"}"#);
    assert_eq!(wrong.status, 422, "{wrong:?}");
}

#[test]
fn params_of_every_kind_groups_and_a_factory_answer() {
    let board = Process::start(env!("CARGO_BIN_EXE_board"));
    for (method, path, status, body) in [
        ("GET", "/files/a/b%2Fc", 200, "a > b/c"),
        ("GET", "/files", 404, r#"{"type":"about:blank","title":"Not Found","status":404}"#),
        ("GET", "/shop", 200, "everything"),
        ("GET", "/shop/red/small", 200, "only red and small"),
        ("GET", "/about", 200, "A board, served by bff"),
        ("GET", "/hooks/x", 200, "1 posts so far"),
        ("POST", "/hooks/x", 200, "posted to /hooks/x"),
    ] {
        let answer = board.request(method, path, &[], "");
        assert_eq!((answer.status, &*answer.body), (status, body), "{method} {path}");
    }
    assert!(board.get("/.well-known/security.txt").body.starts_with("Contact:"));
    let put = board.request("PUT", "/hooks/x", &[], "");
    assert_eq!(put.status, 405);
    assert!(put.headers.contains(&"allow: GET, HEAD, OPTIONS, POST".to_owned()), "{put:?}");
}

#[test]
fn the_page_of_the_board_is_a_file() {
    let board = Process::start(env!("CARGO_BIN_EXE_board"));
    let page = board.get("/index.html");
    assert!(page.body.contains("<h1>Board</h1>"), "{page:?}");
    assert!(page.headers.contains(&"content-type: text/html; charset=utf-8".to_owned()));
    assert!(page.headers.contains(&"cache-control: public, max-age=0".to_owned()));
    assert_eq!(board.get("/board.css").status, 200);
    assert_eq!(board.request("POST", "/board.css", &[], "").status, 405);
    assert_eq!(board.get("/BOARD.css").status, 404);
}
