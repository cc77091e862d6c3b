use bff::get;

#[get(cors(origins = "*", credentials = true))]
fn index() -> &'static str {
    "hello"
}
