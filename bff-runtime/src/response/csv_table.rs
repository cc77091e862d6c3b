use std::{borrow::Cow, fmt};

use axum::response::{IntoResponse, Response};

use super::csv;

/// A table as CSV, with every value in its own cell (RFC 4180).
///
/// ```
/// use bff::response::CsvTable;
///
/// let table = CsvTable::new().row(["id", "title"]).row(["1", "\"Tom\", and\nJerry"]);
/// assert_eq!(table.to_string(), "id,title\r\n1,\"\"\"Tom\"\", and\nJerry\"\r\n");
/// ```
///
/// It is a response, `text/csv; charset=utf-8`, and a table for [`csv`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvTable {
    text: String,
    for_spreadsheets: bool,
}

impl CsvTable {
    /// A table without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// A table for people who open it in a spreadsheet. A value that the spreadsheet would run as a formula (it
    /// begins with `=`, `+`, `-`, `@`, a tab or a carriage return) is preceded by `'`.
    ///
    /// Programs would read the `'` as part of the value, and so is a negative number changed: it is asked for.
    pub fn for_spreadsheets() -> Self {
        Self { for_spreadsheets: true, ..Self::default() }
    }

    /// Adds a row.
    #[must_use]
    pub fn row<T: AsRef<str>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        let start = self.text.len();
        for (n, cell) in cells.into_iter().enumerate() {
            if n > 0 {
                self.text.push(',');
            }
            self.cell(cell.as_ref());
        }
        if self.text.len() == start {
            // An empty line would be no row to some readers.
            self.text.push_str("\"\"");
        }
        self.text.push_str("\r\n");
        self
    }

    /// Adds rows.
    #[must_use]
    pub fn rows<T: AsRef<str>>(
        self,
        rows: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
    ) -> Self {
        rows.into_iter().fold(self, Self::row)
    }

    fn cell(&mut self, value: &str) {
        let guard = self.for_spreadsheets && value.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let quoted = value.contains(['"', ',', '\r', '\n'])
            || value.starts_with(' ')
            || value.ends_with(' ');
        if quoted {
            self.text.push('"');
        }
        if guard {
            self.text.push('\'');
        }
        self.text.push_str(&if quoted {
            value.replace('"', "\"\"").into()
        } else {
            Cow::Borrowed(value)
        });
        if quoted {
            self.text.push('"');
        }
    }
}

impl fmt::Display for CsvTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<CsvTable> for Cow<'static, str> {
    fn from(table: CsvTable) -> Self {
        table.text.into()
    }
}

impl IntoResponse for CsvTable {
    fn into_response(self) -> Response {
        csv(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 4180, read character by character.
    fn parsed(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut quoted = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {
                    assert_eq!(chars.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                c => cell.push(c),
            }
        }
        assert!(!quoted && cell.is_empty() && row.is_empty());
        rows
    }

    #[test]
    fn a_formula_of_a_user_is_text_where_that_is_asked_for() {
        for value in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(
                parsed(&CsvTable::for_spreadsheets().row([value]).text),
                [[format!("'{value}")]]
            );
            assert_eq!(parsed(&CsvTable::new().row([value]).text), [[value]]);
        }
        assert_eq!(CsvTable::for_spreadsheets().row(["a=1", "1", ""]).text, "a=1,1,\r\n");
    }

    proptest! {
        #[test]
        fn no_value_gets_out_of_its_cell(
            table in prop::collection::vec(prop::collection::vec("(?s)[^\0]{0,9}", 1..4), 0..4),
        ) {
            prop_assert_eq!(parsed(&CsvTable::new().rows(&table).text), table);
        }
    }
}
