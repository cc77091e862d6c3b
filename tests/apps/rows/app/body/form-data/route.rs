use bff::{
    Json, Result, post,
    request::{FormData, FormValue},
};

#[post]
async fn fields(form: FormData) -> Result<Json<Vec<String>>> {
    let mut fields = Vec::new();
    for (name, value) in form {
        fields.push(match value {
            FormValue::Text(text) => format!("{name}={text}"),
            FormValue::File(file) => {
                let safe = file.safe_file_name();
                format!("{name}={safe:?}, {}, {} bytes", file.content_type(), file.size())
            }
        });
    }
    Ok(Json(fields))
}
