bff::app!();

fn main() {
    let _ = app::routes();
}
