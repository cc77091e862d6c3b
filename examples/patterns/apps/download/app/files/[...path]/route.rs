use bff::{
    Result, get,
    response::{File, file_in},
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/apps/download/files");

/// A file, with its type and its tag; 404 for every path that leads elsewhere.
#[get]
async fn show(path: Vec<String>) -> Result<File> {
    let name = path.last().cloned().unwrap_or_default();
    Ok(file_in(FOLDER, path.join("/")).await?.download(&name))
}
