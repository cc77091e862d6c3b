bff::app!();

fn main() {
    let _ = app::router();
    println!("{}", app::posts::id::comments::comment::path(7));
}
