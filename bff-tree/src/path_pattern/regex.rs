use super::{
    dialect::Dialect,
    js_regex::Node,
    lexer::Modifier,
    token::{Param, Token, Unit, Value},
};

/// The expression of a whole pattern, anchored at both ends (MT-10, MT-11, PP-12). Each param is a group.
pub(super) fn of_pattern(tokens: &[Token], dialect: Dialect) -> Node {
    let mut nodes = vec![Node::Start];
    nodes.extend(tokens.iter().map(|token| of_token(token, dialect)));
    nodes.push(Node::one_of(dialect.delimiters).repeated(0, Some(1), false));
    nodes.push(Node::End);
    Node::Concat(nodes)
}

/// One token (PP-07, PP-10).
///
/// ```text
/// /:x     (?:/([^/]+?))          /:x*    (?:/((?:[^/]+?)(?:/(?:[^/]+?))*))?
/// ```
pub(super) fn of_token(token: &Token, dialect: Dialect) -> Node {
    let unit = match token {
        Token::Text(text) => return Node::text(text),
        Token::Unit(unit) => unit,
    };
    let (prefix, suffix) = (Node::text(&unit.prefix), Node::text(&unit.suffix));
    let Some(param) = &unit.param else {
        return with_modifier(Node::Concat(vec![prefix, suffix]), unit.modifier);
    };
    let value = of_param(param, dialect);
    if !matches!(unit.modifier, Some(Modifier::Any | Modifier::Some)) {
        let captured = Node::Capture(None, Box::new(value));
        return with_modifier(Node::Concat(vec![prefix, captured, suffix]), unit.modifier);
    }
    let value = Node::Group(Box::new(value));
    let next = Node::Concat(vec![suffix.clone(), prefix.clone(), value.clone()]);
    let list = Node::Concat(vec![value, next.repeated(0, None, false)]);
    let list = Node::Capture(None, Box::new(list));
    let optional = (unit.modifier == Some(Modifier::Any)).then_some(Modifier::Optional);
    with_modifier(Node::Concat(vec![prefix, list, suffix]), optional)
}

fn with_modifier(node: Node, modifier: Option<Modifier>) -> Node {
    match modifier {
        None => node,
        // `{}?`, which the model takes; the engines do not repeat nothing.
        Some(_) if node.takes_nothing() => node,
        Some(Modifier::Optional) => node.repeated(0, Some(1), false),
        Some(Modifier::Any) => node.repeated(0, None, false),
        Some(Modifier::Some) => node.repeated(1, None, false),
    }
}

/// The value of a param (PP-05).
fn of_param(param: &Param, dialect: Dialect) -> Node {
    let without = match &param.value {
        Value::Regex(node) => return node.clone(),
        Value::Default { without } => without.as_deref().unwrap_or(""),
    };
    let mut letters = without.chars();
    let unit = match (letters.next(), letters.next()) {
        (None, _) => Node::none_of(dialect.delimiters.chars()),
        // One character is one more that the class excludes, so that no look-ahead is needed.
        (Some(only), None) => Node::none_of(dialect.delimiters.chars().chain([only])),
        _ => {
            let text = Box::new(Node::text(without));
            let not = Node::Look { behind: false, negative: true, node: text };
            Node::Concat(vec![not, Node::none_of(dialect.delimiters.chars())])
        }
    };
    unit.repeated(1, None, true)
}

/// A pattern whose only look-around is a negative look-ahead at the beginning of its first value, as in
/// `/((?!api|public).*)`, as two expressions without: what must match, and what must not.
///
/// The text before the value is literal, so the look-ahead is asked at one place only, and the two together say
/// exactly what the whole says. Both are matched in linear time; the model's own idiom needs no back-tracking.
pub(super) fn split_negation(tokens: &[Token], dialect: Dialect) -> Option<(Node, Node)> {
    let first = tokens.iter().position(|token| matches!(token, Token::Unit(_)))?;
    let Token::Unit(unit @ Unit { modifier: None, param: Some(param), .. }) = &tokens[first] else {
        return None;
    };
    let Value::Regex(Node::Concat(nodes)) = &param.value else { return None };
    let (Node::Look { behind: false, negative: true, node: not }, rest) = nodes.split_first()?
    else {
        return None;
    };
    let mut without = tokens.to_vec();
    let value = Value::Regex(Node::Concat(rest.to_vec()));
    without[first] = Token::Unit(Unit { param: Some(Param { name: None, value }), ..unit.clone() });
    let whole = of_pattern(&without, dialect);
    let mut except = vec![Node::Start];
    except.extend(tokens[..first].iter().map(|token| of_token(token, dialect)));
    except.push(Node::text(&unit.prefix));
    except.push(Node::Group(not.clone()));
    let except = Node::Concat(except);
    (!whole.has_look_around() && !except.has_look_around()).then_some((whole, except))
}
