use bff::{Json, Request, RequestExt, Result, get};

/// The query as pairs, by two ways.
#[get]
async fn list(request: Request) -> Result<Json<Vec<(String, String)>>> {
    let pairs = request.query()?;
    assert_eq!(request.url().query().parse::<Vec<(String, String)>>()?, pairs);
    Ok(Json(pairs))
}
