use bff::{Result, post, request::Multipart};

/// Counts what it is sent and keeps nothing.
#[post]
async fn count(mut multipart: Multipart) -> Result<String> {
    let (mut parts, mut bytes) = (0, 0);
    while let Some(mut part) = multipart.next_part().await? {
        parts += 1;
        while let Some(chunk) = part.chunk().await? {
            bytes += chunk.len();
        }
    }
    Ok(format!("{parts} parts, {bytes} bytes"))
}
