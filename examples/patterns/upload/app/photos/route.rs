use bff::{Json, OptionExt, Result, after, post, request::FormData};
use serde_json::{Value, json};

#[post]
async fn upload(form: FormData) -> Result<Json<Value>> {
    let photo = form.file("photo").or_404("no photo was sent")?;
    // When the answer has been sent.
    after(async { println!("a thumbnail would be made now") });
    Ok(Json(json!({
        "title": form.get("title"),
        "name": photo.safe_file_name(),
        "size": photo.size(),
    })))
}
