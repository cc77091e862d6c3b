use bff::{Query, get, response::XmlElement};
use std::collections::HashMap;

#[get]
async fn echo(Query(query): Query<HashMap<String, String>>) -> XmlElement {
    query.iter().fold(XmlElement::new("echo"), |echo, (name, value)| {
        echo.child(XmlElement::new("param").attribute("name", name).text(value))
    })
}
