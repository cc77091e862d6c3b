use bff::{Handler, Request, State, get};

#[derive(Clone)]
struct Db;

#[get]
fn index(State(Db): State<Db>) -> impl Handler {
    |_: Request| async { "hello" }
}
