use bff::get;

#[get(force_static)]
async fn made() -> &'static str {
    "made beforehand"
}
