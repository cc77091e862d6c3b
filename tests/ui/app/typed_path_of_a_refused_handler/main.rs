bff::app!();

fn main() {
    let _ = app::router();
    println!("{}", app::posts::id::path(7));
}
