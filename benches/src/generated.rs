//! Apps of any size, as files: the same handlers once in an app folder and once in modules by hand.

use std::fmt::Write as _;

/// How a route's file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A `route.rs` of bff.
    Bff,
    /// A module of handlers for axum's `Router::route`.
    Axum,
}

/// A word that stands in the answer of route `number`, until it is edited.
pub fn word(number: usize) -> String {
    format!("item {number}")
}

/// The URL of one answer of route `number`.
pub fn url(number: usize) -> String {
    format!("/api/r{number:03}/7")
}

/// The folder of route `number` below the app folder.
pub fn folder(number: usize) -> String {
    format!("api/r{number:03}/[id]")
}

/// The module of route `number` in the app by hand.
pub fn module(number: usize) -> String {
    format!("r{number:03}")
}

/// The file of route `number`: two structs, a GET with a param, a POST with a JSON body. `word` is in the
/// answer to GET.
pub fn route(style: Style, number: usize, word: &str) -> String {
    let (uses, get, post, visibility, id) = match style {
        Style::Bff => ("bff::{Json, get, post}", "#[get]\n", "#[post]\n", "", "id: u64"),
        Style::Axum => ("axum::{Json, extract::Path}", "", "", "pub ", "Path(id): Path<u64>"),
    };
    format!(
        "\
use {uses};
use serde::{{Deserialize, Serialize}};

#[derive(Serialize)]
{visibility}struct Item {{
    id: u64,
    name: String,
    tags: Vec<String>,
    stock: u32,
}}

#[derive(Deserialize)]
{visibility}struct NewItem {{
    name: String,
    tags: Vec<String>,
    stock: Option<u32>,
}}

/// One item of collection {number}.
{get}{visibility}async fn show({id}) -> Json<Item> {{
    Json(Item {{ id, name: \"{word}\".to_owned(), tags: Vec::new(), stock: {stock} }})
}}

/// Takes an item into collection {number}.
{post}{visibility}async fn create({id}, Json(new): Json<NewItem>) -> Json<Item> {{
    Json(Item {{ id, name: new.name, tags: new.tags, stock: new.stock.unwrap_or({stock}) }})
}}
",
        stock = number % 90,
    )
}

/// `main.rs` of an app with this many routes.
pub fn main(style: Style, routes: usize) -> String {
    match style {
        Style::Bff => "\
bff::app!();

#[tokio::main]
async fn main() -> bff::Result {
    bff::serve(app::router()).await
}
"
        .to_owned(),
        Style::Axum => axum_main(routes),
    }
}

fn axum_main(routes: usize) -> String {
    let mut text = "use axum::{Router, routing::get};\n\n".to_owned();
    for number in 0..routes {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "mod {};", module(number));
    }
    text += "\nfn router() -> Router {\n    Router::new()\n";
    for number in 0..routes {
        let module = module(number);
        let _ = writeln!(
            text,
            "        .route(\"/api/{module}/{{id}}\", get({module}::show).post({module}::create))"
        );
    }
    text += "\
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(\"127.0.0.1:0\").await?;
    println!(\"http://{}\", listener.local_addr()?);
    axum::serve(listener, router()).await
}
";
    text
}
