use bff::get;

/// The folder `(info)` is a group: it sorts the files and is no part of the URL.
#[get]
async fn about() -> &'static str {
    "A board, served by bff"
}
