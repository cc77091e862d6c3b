use bff::{State, get};

#[derive(Clone)]
struct Db;

#[get]
async fn index(State(Db): State<Db>) -> &'static str {
    "hello"
}
