use proptest::prelude::*;
use quick_xml::{Reader, XmlVersion};

use super::*;

/// A document as a parser sees it: `+` an element begins, `@` an attribute, `=` text, `-` an element ends.
fn parsed(document: &str) -> Vec<String> {
    let mut reader = Reader::from_str(document);
    let mut seen: Vec<String> = Vec::new();
    let mut text = String::new();
    reader.config_mut().expand_empty_elements = true;
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(c) => text.push(c),
                None => text.push_str(
                    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content())
                        .unwrap(),
                ),
            },
            // The line breaks around the element, which are not in it.
            _ if is_outside(&seen) => text.clear(),
            _ if !text.is_empty() => seen.push(format!("={}", std::mem::take(&mut text))),
            _ => {}
        }
        match event {
            Event::Start(start) => {
                seen.push(format!("+{}", start.name().as_ref()));
                for attribute in start.attributes() {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
                    seen.push(format!("@{} {value}", attribute.key.as_ref()));
                }
            }
            Event::End(end) => seen.push(format!("-{}", end.name().as_ref())),
            Event::Eof => return seen,
            Event::Comment(_) | Event::CData(_) | Event::PI(_) | Event::DocType(_) => {
                panic!("{document}")
            }
            Event::Empty(_) | Event::Decl(_) | Event::Text(_) | Event::GeneralRef(_) => {}
        }
    }
}

/// True before the first element has begun and after it has ended.
fn is_outside(seen: &[String]) -> bool {
    let count = |sign: char| seen.iter().filter(|item| item.starts_with(sign)).count();
    count('+') == count('-')
}

#[test]
fn rh_397_elements_are_written_with_everything_escaped() {
    for (element, expected) in [
        (XmlElement::new("a"), "<a/>"),
        (XmlElement::new("a").text("</a><b>"), "<a>&lt;/a&gt;&lt;b&gt;</a>"),
        (XmlElement::new("a").text("]]>"), "<a>]]&gt;</a>"),
        (
            XmlElement::new("a").attribute("x", "\"><b y='\n"),
            "<a x=\"&quot;&gt;&lt;b y=&apos;&#10;\"/>",
        ),
        (
            XmlElement::new("a").attribute("x", "1").attribute("y", "2").attribute("x", "3"),
            "<a x=\"3\" y=\"2\"/>",
        ),
        (XmlElement::new("a").text("\0\u{1b}é\u{ffff}"), "<a>\u{fffd}\u{fffd}é\u{fffd}</a>"),
        (XmlElement::new("media:content"), "<media:content/>"),
        (XmlElement::new("a b><c"), "<a_b__c/>"),
        (XmlElement::new("1"), "<_1/>"),
        (XmlElement::new(""), "<_/>"),
    ] {
        assert_eq!(element.to_string(), expected);
    }
}

#[test]
fn rh_397_an_element_is_a_response_and_a_document() {
    let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>\n";
    assert_eq!(XmlElement::new("a").document(), document);
    let response = XmlElement::new("a").into_response();
    assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
}

#[test]
fn a_deep_document_costs_no_stack() {
    let deep = (0..2_000).fold(XmlElement::new("a"), |inner, _| XmlElement::new("a").child(inner));
    let begins = parsed(&deep.document()).iter().filter(|seen| *seen == "+a").count();
    assert_eq!(begins, 2_001);
}

proptest! {
    #[test]
    fn rh_397_a_parser_reads_back_what_was_written_and_nothing_else(text in "(?s).{1,40}", value in "(?s).{0,40}") {
        let element = XmlElement::new("a").attribute("x", &value).child(XmlElement::new("b").text(&text));
        let expected = [
            "+a".to_owned(),
            format!("@x {}", valid_text(&value)),
            "+b".to_owned(),
            format!("={}", valid_text(&text)),
            "-b".to_owned(),
            "-a".to_owned(),
        ];
        prop_assert_eq!(parsed(&element.to_string()), expected);
    }
}
