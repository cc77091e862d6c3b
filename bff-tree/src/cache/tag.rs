use super::CacheMistake;

/// A tag has at most so many characters (RH-302).
const LONGEST: usize = 256;

/// A name under which answers are given up: `posts`, `post:{id}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    text: String,
    pieces: Vec<TagPiece>,
}

/// A part of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagPiece {
    /// As it stands.
    Text(String),
    /// The value of a param of the route, by the name of its argument.
    Param(String),
}

impl Tag {
    /// Reads `post:{id}`. Which params there are is not known here.
    pub(crate) fn read(text: &str) -> Result<Self, CacheMistake> {
        if text.is_empty() {
            return Err(CacheMistake::new("a tag is empty", "give it a name, or remove it"));
        }
        let length = text.chars().count();
        if length > LONGEST {
            return Err(CacheMistake::new(
                format!("this tag has {length} characters"),
                format!("a tag has at most {LONGEST}; shorten it"),
            ));
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(brace);
            let Some((name, after)) =
                from.strip_prefix('{').and_then(|inside| inside.split_once('}'))
            else {
                return Err(CacheMistake::new(
                    format!("a brace of `{text}` has no other"),
                    "write `{name}` where the value of a param goes; a tag has no other braces",
                ));
            };
            if !before.is_empty() {
                pieces.push(TagPiece::Text(before.to_owned()));
            }
            pieces.push(TagPiece::Param(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(TagPiece::Text(rest.to_owned()));
        }
        Ok(Self { text: text.to_owned(), pieces })
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is made of, left to right.
    pub fn pieces(&self) -> &[TagPiece] {
        &self.pieces
    }

    /// The params that it has, by the names of their arguments.
    pub fn params(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            TagPiece::Param(name) => Some(&**name),
            TagPiece::Text(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_text_with_params_in_it() {
        let text = |text: &str| TagPiece::Text(text.to_owned());
        let param = |name: &str| TagPiece::Param(name.to_owned());
        for (tag, expected) in [
            ("posts", Ok(vec![text("posts")])),
            ("post:{id}", Ok(vec![text("post:"), param("id")])),
            ("{a}{b}-c", Ok(vec![param("a"), param("b"), text("-c")])),
            ("Ü, é", Ok(vec![text("Ü, é")])),
            ("", Err("a tag is empty")),
            ("post:{id", Err("a brace of `post:{id` has no other")),
            ("post:id}", Err("a brace of `post:id}` has no other")),
        ] {
            let found = Tag::read(tag).map_err(|mistake| mistake.message);
            let found = found.map(|tag| tag.pieces().to_vec());
            assert_eq!(found, expected.map_err(str::to_owned), "{tag}");
        }
        assert!(Tag::read(&"ü".repeat(256)).is_ok());
        let mistake = Tag::read(&"ü".repeat(257)).unwrap_err();
        assert_eq!(mistake.message, "this tag has 257 characters");
        assert_eq!(Tag::read("{a}:{b}").unwrap().params().collect::<Vec<_>>(), ["a", "b"]);
    }
}
