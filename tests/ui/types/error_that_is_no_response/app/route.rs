use bff::get;

#[get]
async fn index() -> Result<String, std::num::ParseIntError> {
    Ok("7".parse::<u64>()?.to_string())
}
