use bff::{Path, Valid, get};
use garde::Validate;
use serde::Deserialize;

#[derive(Deserialize, Validate)]
struct Seat {
    #[garde(range(min = 1, max = 40))]
    number: u8,
}

#[get]
async fn seat(Valid(Path(seat)): Valid<Path<Seat>>) -> String {
    format!("seat {}", seat.number)
}
