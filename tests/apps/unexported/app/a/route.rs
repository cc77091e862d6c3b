use bff::get;

#[get(force_static)]
async fn a() -> &'static str {
    "a file"
}
