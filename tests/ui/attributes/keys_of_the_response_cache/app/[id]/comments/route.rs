use bff::get;

#[get(revalidate = "60s", tags = ["comments", "post:{di}"])]
fn list() {}
