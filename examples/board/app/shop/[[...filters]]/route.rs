use bff::get;

/// An optional catch-all also answers at its own folder, and then there is nothing to take.
#[get]
async fn show(filters: Option<Vec<String>>) -> String {
    match filters {
        None => "everything".to_owned(),
        Some(filters) => format!("only {}", filters.join(" and ")),
    }
}
