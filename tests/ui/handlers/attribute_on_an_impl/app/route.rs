use bff::get;

struct Posts;

#[get]
impl Posts {
    fn index() -> &'static str {
        "posts"
    }
}
