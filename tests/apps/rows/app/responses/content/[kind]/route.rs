use bff::{
    IntoResponse, OptionExt, Response, ResponseExt, Result, get,
    response::{CsvTable, bytes, csv, html, html_escape, json, no_content, status, text, xml},
};

/// Every kind of body, by name.
#[get]
async fn show(kind: String) -> Result<Response> {
    Some(match &*kind {
        "json" => json([1, 2]).into_response(),
        "text" => text("grüße"),
        "html" => html(format!("<p>{}", html_escape("<script>"))),
        "xml" => xml("<a/>"),
        "csv" => csv(CsvTable::new().row(["a", "b,c"])),
        "bytes" => bytes(vec![0, 255]),
        "empty" => text(""),
        "no-content" => no_content(),
        "accepted" => status(bff::http::StatusCode::ACCEPTED),
        "built" => json(1)
            .with_status(bff::http::StatusCode::CREATED)
            .with_header("location", "/responses/content/json")
            .with_content_type("application/vnd.x+json"),
        "broken-header" => text("secret").with_header("x-a", "b\r\nset-cookie: stolen=1"),
        "broken-status" => text("secret").with_status(bff::http::StatusCode::NO_CONTENT),
        "saved" => bytes("%PDF").with_download("naïve \"report\".pdf"),
        _ => return None.or_404("no such kind"),
    })
    .or_404("")
}
