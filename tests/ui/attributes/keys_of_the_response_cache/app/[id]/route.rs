use bff::{get, post, put};

#[get(revalidate = 0, force_static)]
fn show() {}

#[post(revalidate = "60s")]
fn create() {}

#[put(tags = ["posts"])]
fn change() {}
