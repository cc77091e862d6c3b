//! The example, run and talked to.

use bff_tests::Process;

#[test]
fn the_example_answers_over_a_socket() {
    let hello = Process::start(env!("CARGO_BIN_EXE_hello"));
    assert_eq!(hello.get("/").body, "Hello from bff!");
    assert_eq!(hello.get("/hello/you%20two").body, r#"{"greeting":"Hello, you two!"}"#);
    let options = hello.request("OPTIONS", "/hello/x", &[], "");
    assert_eq!(options.status, 204);
    assert!(options.headers.contains(&"allow: GET, HEAD, OPTIONS".to_owned()), "{options:?}");
    assert_eq!(hello.get("/nothing/here").status, 404);
}
