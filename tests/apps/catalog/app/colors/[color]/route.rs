use std::str::FromStr;

#[derive(Debug)]
enum Color {
    Red,
    Green,
}

/// A type of the app, with its own idea of what parses.
impl FromStr for Color {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "red" => Ok(Self::Red),
            "green" => Ok(Self::Green),
            _ => Err(()),
        }
    }
}

#[bff::get]
async fn show(color: Color) -> String {
    format!("{color:?}")
}
