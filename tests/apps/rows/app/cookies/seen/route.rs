//! Tells what it reads: as Rust writes it, so that spaces show.
use bff::{cookies::Cookies, get};

#[get]
async fn show(cookies: Cookies) -> String {
    format!("{:?}", cookies.iter().collect::<Vec<_>>())
}
