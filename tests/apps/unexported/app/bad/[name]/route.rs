use bff::{get, static_params};

#[get(force_static)]
async fn show(name: String) -> String {
    name
}

#[static_params]
fn names() -> [&'static str; 5] {
    ["good", "..", "../../etc", "", "a\0b"]
}
