use proptest::prelude::*;

use crate::env::parse::{Definition, Malformed, parse, unify_newlines};

fn definitions(text: &str) -> Vec<(String, String)> {
    let text = unify_newlines(text.to_owned());
    let definitions = parse(&text).into_iter().map(|entry| {
        let Definition { name, value, .. } = entry.unwrap_or_else(|error| panic!("{error:?}"));
        (name.to_owned(), value)
    });
    definitions.collect()
}

/// Each row was observed on `@next/env` 16.4.6.
#[test]
fn ev_03_values_are_read_as_dotenv_reads_them() {
    #[rustfmt::skip]
    let rows: &[(&str, &[(&str, &str)])] = &[
        ("A=x", &[("A", "x")]),
        ("A=x\nB=y\n", &[("A", "x"), ("B", "y")]),
        ("  A  =  spaced out  ", &[("A", "spaced out")]),
        ("A=\nB= # nothing\nC=\"\"\nD=''", &[("A", ""), ("B", ""), ("C", ""), ("D", "")]),
        ("# A=1\n\n   \n#", &[]),
        ("A=abc#def", &[("A", "abc")]),
        ("A=\"abc#def\" # comment", &[("A", "abc#def")]),
        ("A=it's", &[("A", "it's")]),
        ("A={\"a\": \"b\"}", &[("A", "{\"a\": \"b\"}")]),
        ("A= \"x\" ", &[("A", "x")]),
        ("export A=x", &[("A", "x")]),
        ("export=3", &[("export", "3")]),
        ("export = 3", &[("export", "3")]),
        ("A: yaml", &[("A", "yaml")]),
        ("B.C-d=2\n1X=3", &[("B.C-d", "2"), ("1X", "3")]),
        ("A=1=2==", &[("A", "1=2==")]),
        ("A=1\nA=2", &[("A", "1"), ("A", "2")]),
        ("\u{feff}A=x", &[("A", "x")]),
        ("A=x\r\nB=\"y\r\nz\"\r\n", &[("A", "x"), ("B", "y\nz")]),
        ("A=x\rB=y", &[("A", "x"), ("B", "y")]),
        ("A=\"l1\nl2\\nl3\\r\\t\"\nB=1", &[("A", "l1\nl2\nl3\r\\t"), ("B", "1")]),
        ("A='l1\nl2\\nl3'\nB=1", &[("A", "l1\nl2\\nl3"), ("B", "1")]),
        ("A=`m\nn`\nB=1", &[("A", "m\nn"), ("B", "1")]),
        ("A=\"say \\\"hi\\\"\"", &[("A", "say \\\"hi\\\"")]),
        ("A='x\\'y'", &[("A", "x\\'y")]),
        ("A=`a'b\"c`", &[("A", "a'b\"c")]),
        ("A=\"a\" \"b\"\nC=ok", &[("A", "a\" \"b"), ("C", "ok")]),
        ("A='C:\\dir\\'\nB='b'", &[("A", "C:\\dir\\"), ("B", "b")]),
        ("A=\"C:\\new\\\\n\"\nB=C:\\new", &[("A", "C:\new\\\n"), ("B", "C:\\new")]),
    ];
    for (text, expected) in rows {
        let expected: Vec<_> =
            expected.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        assert_eq!(definitions(text), expected, "{text:?}");
    }
}

#[test]
fn a_malformed_line_is_reported_at_its_number_and_the_others_count() {
    let rows = [
        ("A=1\nno equals\nB=2", 2, "no `=` after the variable name"),
        ("A=1\nB=2\n=value", 3, "no variable name at the start of the line"),
        ("A=1\nB=2\nMIIB+abc/def", 3, "no `=` after the variable name"),
        ("A=1\nB=2\nexport NAME", 3, "no `=` after the variable name"),
        ("A=1\nC=\"open\nB=2", 2, "the value begins with a quote but does not end with it"),
        ("A=1\nC=\"a\" b\nB=2", 2, "the value begins with a quote but does not end with it"),
        ("A=\"1\n1\"\n\noops\nB=2", 4, "no `=` after the variable name"),
    ];
    for (text, line, cause) in rows {
        let entries = parse(text);
        let errors: Vec<_> = entries.iter().filter_map(|entry| entry.as_ref().err()).collect();
        assert_eq!(errors, [&Malformed { line, cause }], "{text:?}");
        let names: Vec<_> = entries.iter().flatten().map(|entry| entry.name).collect();
        assert_eq!(names, ["A", "B"], "{text:?}");
    }
}

/// The value in the quotes that can hold it; a value with all three kinds cannot be written.
fn quote(value: &str) -> Option<String> {
    let held_by = |quote: &char| {
        !value.contains(*quote) && (*quote != '"' || !value.contains("\\n") && !value.contains("\\r"))
            // A backslash at the end would take the closing quote for itself.
            && !value.ends_with('\\')
    };
    let quote = ['\'', '"', '`'].into_iter().find(held_by)?;
    Some(format!("{quote}{value}{quote}"))
}

proptest! {
    #[test]
    fn a_quoted_value_comes_back(value in r#"[a-z #=$'"`\\\n{}:ä😀-]{0,24}"#, after in "[ \t]{0,2}(#[ -~é]*)?") {
        let Some(quoted) = quote(&value) else { return Ok(()) };
        let text = format!("BEFORE=1\nNAME = {quoted}{after}\nAFTER=2");
        let found = definitions(&text);
        prop_assert_eq!(&found[1], &("NAME".to_owned(), value), "{}", text);
        prop_assert_eq!(&found[2], &("AFTER".to_owned(), "2".to_owned()), "{}", text);
    }

    #[test]
    fn an_unquoted_value_comes_back_trimmed(value in r#"[^#\r\n'"`][^#\r\n]{0,24}"#) {
        prop_assume!(!value.trim().starts_with(['\'', '"', '`']));
        let found = definitions(&format!("NAME={value}"));
        prop_assert_eq!(found, [("NAME".to_owned(), value.trim().to_owned())]);
    }

    #[test]
    fn nothing_makes_the_parser_panic(text in any::<String>()) {
        parse(&unify_newlines(text));
    }

    #[test]
    fn nothing_near_the_grammar_makes_the_parser_panic(text in r#"([A-Z=:#'"`\\$\{\}\n\r \tü]|export ){0,64}"#) {
        let lines = text.split(['\n', '\r']).count();
        for entry in parse(&unify_newlines(text)) {
            let line = entry.map_or_else(|error| error.line, |definition| definition.line);
            prop_assert!((1..=lines).contains(&line));
        }
    }
}
