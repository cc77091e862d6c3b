use quick_xml::{Reader, XmlVersion, escape::resolve_predefined_entity, events::Event};

/// An element as a parser sees it, with the lines around its children taken out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| &**value)
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.children.iter().map(|child| &*child.name).collect()
    }
}

/// Reads a document of one element; panics at whatever is not well-formed.
pub(super) fn read(document: &str) -> Element {
    let mut reader = Reader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error}: {document}"));
        let current = open.last_mut().unwrap();
        match event {
            Event::Text(part) => current.text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(c) => current.text.push(c),
                None => {
                    let name = reference.xml10_content();
                    current.text.push_str(resolve_predefined_entity(&name).unwrap());
                }
            },
            Event::Start(start) => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                });
                open.push(Element {
                    name: start.name().as_ref().to_owned(),
                    attributes: attributes.collect(),
                    ..Element::default()
                });
            }
            Event::End(_) => {
                let mut ended = open.pop().unwrap();
                if !ended.children.is_empty() {
                    assert_eq!(ended.text.trim(), "", "text between elements: {document}");
                    ended.text.clear();
                }
                open.last_mut().unwrap().children.push(ended);
            }
            Event::Eof => break,
            Event::Decl(_) | Event::Empty(_) => {}
            event => panic!("{event:?}: {document}"),
        }
    }
    let mut outside = open.pop().unwrap();
    assert_eq!((open.len(), outside.children.len(), outside.text.trim()), (0, 1, ""), "{document}");
    outside.children.pop().unwrap()
}
