use bff::{Json, get, put};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct Settings {
    theme: String,
}

/// Pages of these origins may read it. The others get an answer that their browser does not show them.
#[get(cors = ["https://app.example.com", "http://localhost:5173"])]
async fn show() -> Json<Settings> {
    Json(Settings { theme: "dark".to_owned() })
}

/// A browser asks beforehand whether a page may send this, and is answered from here.
#[put(cors = ["https://app.example.com", "http://localhost:5173"])]
async fn replace(Json(settings): Json<Settings>) -> Json<Settings> {
    Json(settings)
}
