use bff::{Json, Result, get};

use crate::data::{InvoiceView, Viewer};

/// One's own invoice.
#[get]
async fn show(id: u64, viewer: Viewer) -> Result<Json<InvoiceView>> {
    Ok(Json(viewer.invoice(id)?))
}
