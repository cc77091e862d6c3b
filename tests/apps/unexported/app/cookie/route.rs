use bff::get;

#[get(force_static)]
async fn cookie() -> ([(&'static str, &'static str); 1], &'static str) {
    ([("set-cookie", "a=1")], "a cookie for everybody")
}
