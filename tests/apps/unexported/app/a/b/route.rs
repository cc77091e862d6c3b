use bff::get;

#[get(force_static)]
async fn b() -> &'static str {
    "in a folder of that name"
}
