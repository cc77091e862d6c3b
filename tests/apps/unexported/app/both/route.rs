use bff::{delete, get, post};

#[get(force_static)]
async fn show() -> &'static str {
    "both"
}

#[post]
#[delete]
async fn change() {}
