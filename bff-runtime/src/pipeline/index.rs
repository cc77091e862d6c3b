use std::collections::BTreeMap;

use crate::matching::Source;

/// The tables of `bff.toml` that are looked up by path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Table {
    Headers,
    Redirects,
    Before,
    After,
    Fallback,
    /// Those of the others that look at headers, once more (HM-11).
    Varying,
}

const TABLES: usize = 6;

/// Which entries may concern a path, found without looking at the others: those whose source begins as the path
/// does. It costs no more than the logarithm of the number of rules, in comparisons of numbers.
///
/// The literal beginnings stand in order, and each knows the longest other one that it begins with. So the
/// beginnings of a path are the last one that is not behind it in that order, or one of that one's ancestors, and
/// everything above.
#[derive(Debug)]
pub(super) struct PrefixIndex {
    /// Of each node.
    keys: Vec<u64>,
    nodes: Vec<Node>,
    /// For every path: sources that begin with a param.
    root: Entries,
}

#[derive(Debug)]
struct Node {
    prefix: &'static str,
    parent: Option<usize>,
    /// The entries of this beginning and of those above it, table by table, in the order of the file.
    entries: Entries,
}

type Entries = [Vec<usize>; TABLES];

impl PrefixIndex {
    /// Of sources with their tables and their places in those.
    pub(super) fn new(sources: impl IntoIterator<Item = (&'static Source, Table, usize)>) -> Self {
        let mut by_prefix = BTreeMap::<&'static str, Entries>::new();
        let mut root = Entries::default();
        for (source, table, entry) in sources {
            let prefix = source.prefix;
            let is_indexed = source.case_sensitive && prefix.starts_with('/') && prefix.len() > 1;
            let entries = if is_indexed { by_prefix.entry(prefix).or_default() } else { &mut root };
            entries[table as usize].push(entry);
        }
        let mut nodes: Vec<Node> = Vec::new();
        for (prefix, own) in by_prefix {
            // What a prefix begins with stands before it, so the way up from its neighbour leads there.
            let mut parent = nodes.len().checked_sub(1);
            while let Some(above) = parent.filter(|&at| !prefix.starts_with(nodes[at].prefix)) {
                parent = nodes[above].parent;
            }
            let mut entries = parent.map_or(&root, |at| &nodes[at].entries).clone();
            for (entries, own) in entries.iter_mut().zip(own) {
                entries.extend(own);
                entries.sort_unstable();
            }
            nodes.push(Node { prefix, parent, entries });
        }
        Self { keys: nodes.iter().map(|node| key(node.prefix)).collect(), nodes, root }
    }

    /// The entries that may concern this path.
    pub(super) fn find(&self, path: &str) -> Hits<'_> {
        let key = key(path);
        let from = self.keys.partition_point(|&other| other < key);
        let mut before = from;
        if self.keys.get(from) == Some(&key) {
            let alike = self.keys[from..].partition_point(|&other| other == key);
            let alike = &self.nodes[from..from + alike];
            before += alike.partition_point(|node| node.prefix <= path);
        }
        let mut at = before.checked_sub(1);
        while let Some(node) = at.map(|at| &self.nodes[at]) {
            if path.starts_with(node.prefix) {
                return Hits(&node.entries);
            }
            at = node.parent;
        }
        Hits(&self.root)
    }
}

/// Eight bytes after the first as a number, which sorts like the text. Nearly always they decide.
fn key(text: &str) -> u64 {
    let text = text.as_bytes().get(1..).unwrap_or_default();
    match text.first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => text
            .iter()
            .enumerate()
            .fold(0, |key, (at, &byte)| key | u64::from(byte) << (56 - 8 * at)),
    }
}

/// The entries that may concern a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hits<'t>(&'t Entries);

impl<'t> Hits<'t> {
    /// No entries.
    pub(super) const NONE: Hits<'static> = Hits(&[const { Vec::new() }; TABLES]);

    /// Those of a table, in the order of the file.
    pub(super) fn of(self, table: Table) -> &'t [usize] {
        &self.0[table as usize]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::Shape;

    fn source(prefix: &'static str, case_sensitive: bool) -> &'static Source {
        Box::leak(Box::new(Source {
            text: prefix,
            prefix,
            shape: Shape::Literal(prefix),
            params: &[],
            delimiters: "/",
            case_sensitive,
        }))
    }

    fn index(prefixes: &[&'static str]) -> PrefixIndex {
        let sources = prefixes.iter().enumerate();
        PrefixIndex::new(sources.map(|(at, prefix)| (source(prefix, true), Table::Redirects, at)))
    }

    #[test]
    fn entries_whose_source_begins_as_the_path_does_are_found_in_the_order_of_the_file() {
        let index = index(&["/blog/", "/", "/blog", "/blog/2019", "/b", "/shop", "/blog/"]);
        for (path, expected) in [
            ("/", &[1][..]),
            ("", &[1]),
            ("*", &[1]),
            ("/x", &[1]),
            ("/b", &[1, 4]),
            ("/blog", &[1, 2, 4]),
            ("/blog/2018", &[0, 1, 2, 4, 6]),
            ("/blog/2019/x", &[0, 1, 2, 3, 4, 6]),
            ("/blog/zzz", &[0, 1, 2, 4, 6]),
            ("/shop/1", &[1, 5]),
            ("/shoe", &[1]),
            ("/é", &[1]),
        ] {
            assert_eq!(index.find(path).of(Table::Redirects), expected, "{path}");
            assert_eq!(index.find(path).of(Table::Headers), &[] as &[usize]);
        }
    }

    #[test]
    fn a_source_of_any_case_is_asked_of_every_path() {
        let index = PrefixIndex::new([(source("/Old", false), Table::Before, 0)]);
        assert_eq!(index.find("/oLD").of(Table::Before), [0]);
        assert_eq!(index.find("/x").of(Table::Before), [0]);
    }

    proptest! {
        #[test]
        fn it_finds_what_a_walk_over_all_entries_finds(
            prefixes in proptest::collection::vec("/[ab/]{0,4}", 0..12),
            path in "/[ab/]{0,6}",
        ) {
            let prefixes: Vec<&'static str> =
                prefixes.into_iter().map(|prefix| &*prefix.leak()).collect();
            let expected: Vec<usize> = prefixes
                .iter()
                .enumerate()
                .filter(|(_, prefix)| path.starts_with(**prefix))
                .map(|(at, _)| at)
                .collect();
            let index = index(&prefixes);
            prop_assert_eq!(index.find(&path).of(Table::Redirects), &*expected);
        }
    }
}
