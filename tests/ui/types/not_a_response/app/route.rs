use bff::get;

struct Hello;

#[get]
async fn index() -> Hello {
    Hello
}
