use super::{Segment, path};

/// Finds the route of a path: the most specific one, decided segment by segment from the left, literal before
/// param before catch-all before optional catch-all, with every alternative tried (RH-033, RH-034).
///
/// A tree of segments. Each node stands at one depth, so a search visits it at most once: the worst path costs
/// no more than the tree has nodes.
#[derive(Debug)]
pub(crate) struct Matcher {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by key, then by text.
    literals: Vec<Literal>,
    param: Option<usize>,
    /// The route that ends here.
    route: Option<usize>,
    catch_all: Option<usize>,
    optional_catch_all: Option<usize>,
}

#[derive(Debug)]
struct Literal {
    /// The first eight bytes as a number: nearly always decides a comparison, in one instruction.
    key: u64,
    text: &'static str,
    child: usize,
}

impl Matcher {
    /// Builds the tree; a route's number is its place in the iterator. Of two routes of one shape the first
    /// stays; the build of the app has refused them before.
    pub(crate) fn new<'a>(routes: impl IntoIterator<Item = &'a [Segment]>) -> Self {
        let mut matcher = Self { nodes: vec![Node::default()] };
        for (route, segments) in routes.into_iter().enumerate() {
            matcher.insert(route, segments);
        }
        matcher
    }

    fn insert(&mut self, route: usize, segments: &[Segment]) {
        let mut at = 0;
        for segment in segments {
            let slot = match *segment {
                Segment::Literal(text) => {
                    let key = key(text);
                    let literals = &self.nodes[at].literals;
                    at = match literals
                        .binary_search_by(|other| (other.key, other.text).cmp(&(key, text)))
                    {
                        Ok(place) => literals[place].child,
                        Err(place) => {
                            let child = self.add();
                            self.nodes[at].literals.insert(place, Literal { key, text, child });
                            child
                        }
                    };
                    continue;
                }
                Segment::Param(_) => {
                    at = match self.nodes[at].param {
                        Some(child) => child,
                        None => {
                            let child = self.add();
                            *self.nodes[at].param.insert(child)
                        }
                    };
                    continue;
                }
                Segment::CatchAll(_) => &mut self.nodes[at].catch_all,
                Segment::OptionalCatchAll(_) => &mut self.nodes[at].optional_catch_all,
            };
            slot.get_or_insert(route);
            return;
        }
        self.nodes[at].route.get_or_insert(route);
    }

    fn add(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// The number of the route that serves this path; one trailing slash is ignored.
    ///
    /// `has_percent` says whether the path has a percent sign at all.
    pub(crate) fn find(&self, path: &str, has_percent: bool) -> Option<usize> {
        let rest = path.strip_prefix('/')?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        self.walk(&self.nodes[0], (!rest.is_empty()).then_some(rest), has_percent)
    }

    fn walk(&self, node: &Node, rest: Option<&str>, has_percent: bool) -> Option<usize> {
        let Some(rest) = rest else {
            return node.route.or(node.optional_catch_all);
        };
        let (segment, tail) = match rest.as_bytes().iter().position(|&byte| byte == b'/') {
            Some(slash) => (&rest[..slash], Some(&rest[slash + 1..])),
            None => (rest, None),
        };
        self.literal(node, segment, has_percent)
            .and_then(|child| self.walk(child, tail, has_percent))
            .or_else(|| {
                node.param.and_then(|child| self.walk(&self.nodes[child], tail, has_percent))
            })
            .or(node.catch_all)
            .or(node.optional_catch_all)
    }

    fn literal(&self, node: &Node, segment: &str, has_percent: bool) -> Option<&Node> {
        let child = if has_percent && segment.contains('%') {
            node.literals.iter().find(|literal| path::is_literal(segment, literal.text))?.child
        } else {
            let key = key(segment);
            let from = node.literals.partition_point(|literal| literal.key < key);
            let alike = node.literals[from..].iter().take_while(|literal| literal.key == key);
            alike.into_iter().find(|literal| literal.text == segment)?.child
        };
        Some(&self.nodes[child])
    }
}

/// The first eight bytes, big-endian, so that keys sort like texts.
fn key(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(8);
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use Segment::{CatchAll as C, Literal as L, OptionalCatchAll as O, Param as P};

    use super::*;

    /// Checks which of the routes, given as their segments, serves each path.
    fn check(routes: &[&'static [Segment]], cases: &[(&str, Option<usize>)]) {
        let matcher = Matcher::new(routes.iter().copied());
        for &(path, expected) in cases {
            assert_eq!(matcher.find(path, path.contains('%')), expected, "{path}");
        }
    }

    #[test]
    fn rh_033_rh_034_the_most_specific_pattern_wins_and_a_literal_blocks_nothing() {
        check(
            &[
                &[L("d"), L("static")],
                &[L("d"), P("id")],
                &[L("d"), P("id"), L("sub")],
                &[L("d"), C("rest")],
                &[],
            ],
            &[
                ("/d/static", Some(0)),
                ("/d/1", Some(1)),
                ("/d/1/sub", Some(2)),
                ("/d/1/2", Some(3)),
                ("/d/static/x", Some(3)),
                ("/d/static/sub", Some(2)),
                ("/d", None),
                ("/", Some(4)),
                ("/d/static/", Some(0)),
                ("/D/static", None),
                ("", None),
                ("*", None),
            ],
        );
    }

    #[test]
    fn rh_023_rh_024_a_catch_all_needs_a_segment_and_an_optional_one_does_not() {
        check(
            &[&[L("files"), C("path")], &[L("shop"), O("filters")], &[L("shop"), L("cart")]],
            &[
                ("/files", None),
                ("/files/a", Some(0)),
                ("/files/a/b/", Some(0)),
                ("/shop", Some(1)),
                ("/shop/", Some(1)),
                ("/shop/a/b", Some(1)),
                ("/shop/cart", Some(2)),
                ("/shop/cart/x", Some(1)),
                ("/files/", None),
            ],
        );
        check(&[&[O("all")]], &[("/", Some(0)), ("/a/b", Some(0))]);
        check(
            &[&[P("a"), O("b")], &[L("x"), C("y")]],
            &[("/x", Some(0)), ("/x/y", Some(1)), ("/z/y", Some(0)), ("/", None)],
        );
    }

    #[test]
    fn literals_that_begin_alike_are_told_apart() {
        check(
            &[
                &[L("category-a")],
                &[L("category-b")],
                &[L("category")],
                &[L("categor")],
                &[L("ü")],
                &[L("z")],
            ],
            &[
                ("/category-b", Some(1)),
                ("/category-a", Some(0)),
                ("/category", Some(2)),
                ("/categor", Some(3)),
                ("/category-c", None),
                ("/catego", None),
                ("/%C3%BC", Some(4)),
                ("/z", Some(5)),
            ],
        );
    }

    #[test]
    fn rh_441_names_are_local_to_a_pattern() {
        check(
            &[&[P("id")], &[P("slug"), L("x")], &[P("a"), P("b"), L("y")]],
            &[
                ("/1", Some(0)),
                ("/1/x", Some(1)),
                ("/1/2/y", Some(2)),
                ("/1/x/y", Some(2)),
                ("/1/z", None),
            ],
        );
    }

    #[test]
    fn a_search_goes_back_no_more_often_than_the_tree_has_nodes() {
        // Every level has a literal and a param of the same text, and the path fails at the end.
        let routes: &[&[Segment]] = &[
            &[L("a"), L("a"), L("a"), L("b")],
            &[P("x"), L("a"), P("y"), L("b")],
            &[L("a"), P("x"), P("y"), L("c")],
        ];
        let matcher = Matcher::new(routes.iter().copied());
        assert_eq!(matcher.find("/a/a/a/c", false), Some(2));
        assert_eq!(matcher.find("/a/a/a/d", false), None);
    }
}
