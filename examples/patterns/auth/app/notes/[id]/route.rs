use bff::{Json, OptionExt, Result, State, get};

use crate::notes::{Note, Notes, User};

#[get]
async fn show(id: u32, user: User, State(notes): State<Notes>) -> Result<Json<Note>> {
    Ok(Json(notes.note(&user, id).or_404("no such note of yours")?))
}
