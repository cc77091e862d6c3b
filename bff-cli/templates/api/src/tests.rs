//! Calls the routes in process, without a socket.

use serde_json::{Value, json};

#[tokio::test]
async fn the_root_says_hello() {
    let client = bff::testing::client(crate::app::router());
    let res = client.get("/").await;
    assert_eq!(res.status(), 200);
    let body: Value = res.json();
    assert_eq!(body, json!({ "message": "Hello from bff!" }));
}

#[tokio::test]
async fn a_slug_is_greeted_by_name() {
    let client = bff::testing::client(crate::app::router());
    let res = client.get("/world").await;
    assert_eq!(res.status(), 200);
    let body: Value = res.json();
    assert_eq!(body, json!({ "greeting": "Hello, world!" }));
}

#[tokio::test]
async fn what_no_folder_stands_for_is_not_found() {
    let client = bff::testing::client(crate::app::router());
    assert_eq!(client.get("/no/such/route").await.status(), 404);
}
