use bff::{
    Result, get,
    response::{File, file_in},
};

#[get]
async fn download(path: Vec<String>) -> Result<File> {
    let name = path.last().cloned().unwrap_or_default();
    let file =
        file_in(concat!(env!("CARGO_MANIFEST_DIR"), "/download/files"), path.join("/")).await?;
    Ok(file.download(&name))
}
