use bff::get;

#[get(force_static)]
async fn root() -> &'static str {
    "root"
}
