struct Db;

#[bff::api]
async fn posts(db: Db) -> &'static str {
    let _ = db;
    "all"
}
