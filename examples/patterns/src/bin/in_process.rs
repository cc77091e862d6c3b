//! A handler that needs another one calls a function, not itself over HTTP; a test calls the whole app the same way (RH-408).
//!
//! ```sh
//! cargo run -p patterns --bin in_process
//! curl localhost:3000/report
//! ```

bff::app!(dir = "in_process/app");

mod stats {
    /// What both handlers need. It knows no request.
    pub(crate) async fn visitors() -> u32 {
        7
    }
}

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn a_test_needs_no_socket() {
        let client = bff::testing::client(super::app::router());
        assert_eq!(client.get("/visitors").await.text(), "7");
        assert_eq!(client.get("/report").await.text(), "7 visitors today");
    }
}
