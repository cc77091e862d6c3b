use std::fmt;

/// A place in a file of the app, as the user would type it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Path relative to the package, with `/` between folders: `app/posts/[id]/route.rs`.
    pub file: String,
    /// Line, counted from 1; 0 when the whole file (or folder) is meant.
    pub line: usize,
    /// Column, counted from 1 in characters; 0 when the whole file is meant.
    pub column: usize,
}

impl Location {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0 }
    }

    /// The place of a byte offset in `text`, the content of `file`.
    pub fn at(file: impl Into<String>, text: &str, offset: usize) -> Self {
        let before = &text[..offset.min(text.len())];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.into(),
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            f.write_str(&self.file)
        } else {
            write!(f, "{}:{}:{}", self.file, self.line, self.column)
        }
    }
}
