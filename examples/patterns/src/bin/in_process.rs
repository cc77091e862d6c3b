//! No HTTP where a call will do: a page and an API share a function, and tests talk to the router without a socket.
//!
//! ```sh
//! cargo run -p patterns --bin in_process
//! curl localhost:3000
//! curl localhost:3000/api/posts
//! ```

bff::app!(dir = "apps/in_process/app");

/// What the page and the API both ask.
async fn posts() -> bff::Result<Vec<&'static str>> {
    Ok(vec!["Hello", "Fish & chips"])
}

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}

#[cfg(test)]
mod tests {
    use super::{app, posts};

    #[tokio::test]
    async fn rh_408_the_page_and_the_api_show_the_same_posts() {
        let client = bff::testing::client(app::router());
        let sent: Vec<String> = client.get(&app::api::posts::path()).await.json();
        assert_eq!(sent, posts().await.unwrap());
        let page = client.get("/").await;
        assert_eq!(page.text(), "<ul><li>Hello<li>Fish &amp; chips</ul>");
    }
}
