use bff::{Error, Result, get, static_params};

#[get(force_static)]
async fn show(id: u64) -> String {
    id.to_string()
}

#[static_params]
async fn ids() -> Result<Vec<u64>> {
    Err(Error::msg("the database is away"))
}
