use bff::get;

/// A catch-all takes one or more segments, each decoded.
#[get]
async fn show(path: Vec<String>) -> String {
    path.join(" > ")
}
