use bff::get;

#[get]
async fn index<const N: usize>() -> String {
    N.to_string()
}
