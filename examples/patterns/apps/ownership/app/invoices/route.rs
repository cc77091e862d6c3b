use bff::{Json, Result, get};

use crate::data::{InvoiceView, Viewer};

/// All of them.
#[get]
async fn list(viewer: Viewer) -> Result<Json<Vec<InvoiceView>>> {
    Ok(Json(viewer.all_invoices()?))
}
