use bff::get;

#[get]
fn index() -> &'static str {
    #[get]
    fn inner() -> &'static str {
        "inner"
    }
    inner()
}
