use bff::{get, static_params};

#[get(force_static, rate_limit = "5/min")]
async fn show(name: String) -> String {
    format!("p {name}")
}

/// One of them twice, which is one file.
#[static_params]
fn names() -> [&'static str; 6] {
    ["1", "2.json", "a b", "日本*:x", "a b", "100%"]
}
