use bff_tree::path_pattern::{Dialect, Part, PathPattern, Shape};

fn shape(text: &str) -> String {
    let pattern = PathPattern::parse(text, Dialect::MATCHER).expect(text);
    let shape = match pattern.shape() {
        Shape::Literal(text) => format!("literal {text}"),
        Shape::Segments(parts) => parts.iter().fold("segments".to_owned(), |shown, part| {
            let part = match part {
                Part::Literal(text) => text,
                Part::Param => ":",
                Part::Optional => ":?",
                Part::Any => ":*",
                Part::Some => ":+",
            };
            format!("{shown} {part}")
        }),
        Shape::Regex { except: None, .. } => "regex".to_owned(),
        Shape::Regex { except: Some(except), .. } => format!("regex but {except}"),
        Shape::Backtracking(_) => "backtracking".to_owned(),
    };
    format!("{shape}, from {}", pattern.prefix())
}

#[test]
fn mt_23_a_pattern_takes_the_cheapest_shape_that_says_the_same() {
    for (text, expected) in [
        ("/", "literal /, from /"),
        ("/about", "literal /about, from /about"),
        ("/a{b}\\:c", "literal /ab:c, from /ab:c"),
        ("/a/:b", "segments /a/ :, from /a/"),
        ("/a/:b/c/:rest*", "segments /a/ : /c :*, from /a/"),
        ("/a-:b/c", "segments /a- : /c, from /a-"),
        ("/n/:x+", "segments /n :+, from /n/"),
        ("/n/:x?", "segments /n :?, from /n"),
        ("/:a/:b", "segments / : / :, from /"),
        ("/:a*/b", "regex, from "),
        ("/:a.json", "regex, from /"),
        ("/file.:ext", "regex, from /file."),
        ("/post/:id(\\d+)", "regex, from /post/"),
        ("/x/{:a-}+b", "regex, from /x/"),
        ("/((?!api|x$).*)", "regex but ^/(?:api|x$), from /"),
        ("/a/:p((?!b).+)/c", "regex but ^/a/(?:b), from /a/"),
        ("/((?!a)(?!b).*)", "backtracking, from /"),
        ("/((?!(?!a)).*)", "backtracking, from /"),
        ("/:a--:b", "backtracking, from /"),
        ("/((?=a).*)", "backtracking, from /"),
        ("/:p((?!b).+)?", "backtracking, from "),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}
