use bff::get;

#[get(force_static)]
fn bytes() -> Vec<u8> {
    (0..=255).collect()
}
