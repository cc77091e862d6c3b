use bff::{
    Result, get,
    response::{File, file_in},
};

/// The files of this test crate, as a client asks for them.
#[get]
async fn show(path: Vec<String>) -> Result<File> {
    file_in(concat!(env!("CARGO_MANIFEST_DIR"), "/apps/files"), path.join("/")).await
}
