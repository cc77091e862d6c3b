use bff::get;

#[get]
async fn index<T: Default>() -> String {
    drop(T::default());
    String::new()
}
