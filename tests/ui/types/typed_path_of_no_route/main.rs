bff::app!();

fn main() {
    let _ = app::router();
    println!("{}", app::posts::path());
}
