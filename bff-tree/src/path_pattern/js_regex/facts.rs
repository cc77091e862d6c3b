use super::Node;

/// What can be known of an expression without running it.
impl Node {
    /// The names of its groups, and whether each may be absent from a match.
    pub(in super::super) fn names(&self) -> Vec<(&str, bool)> {
        let mut names = Vec::new();
        self.add_names(false, &mut names);
        names
    }

    fn add_names<'a>(&'a self, optional: bool, names: &mut Vec<(&'a str, bool)>) {
        match self {
            Self::Capture(name, node) => {
                names.extend(name.as_deref().map(|name| (name, optional)));
                node.add_names(optional, names);
            }
            Self::Repeat { node, min, .. } => node.add_names(optional || *min == 0, names),
            Self::Either(nodes) => nodes.iter().for_each(|node| node.add_names(true, names)),
            Self::Concat(nodes) => nodes.iter().for_each(|node| node.add_names(optional, names)),
            Self::Group(node) | Self::Look { node, .. } => node.add_names(optional, names),
            Self::Char(_) | Self::Class(_) | Self::Start | Self::End => {}
        }
    }

    /// True when some text that it matches may hold this character.
    pub(in super::super) fn may_contain(&self, character: char) -> bool {
        match self {
            Self::Char(own) => *own == character,
            Self::Class(class) => class.contains(character),
            Self::Start | Self::End | Self::Look { .. } => false,
            Self::Concat(nodes) | Self::Either(nodes) => {
                nodes.iter().any(|node| node.may_contain(character))
            }
            Self::Group(node) | Self::Capture(_, node) => node.may_contain(character),
            Self::Repeat { node, max, .. } => *max != Some(0) && node.may_contain(character),
        }
    }

    /// True when it may match the empty text.
    pub(in super::super) fn may_be_empty(&self) -> bool {
        match self {
            Self::Char(_) | Self::Class(_) => false,
            Self::Start | Self::End | Self::Look { .. } => true,
            Self::Concat(nodes) => nodes.iter().all(Self::may_be_empty),
            Self::Either(nodes) => nodes.iter().any(Self::may_be_empty),
            Self::Group(node) | Self::Capture(_, node) => node.may_be_empty(),
            Self::Repeat { node, min, .. } => *min == 0 || node.may_be_empty(),
        }
    }

    /// True when it takes no character of the text, whatever that is.
    pub(in super::super) fn takes_nothing(&self) -> bool {
        match self {
            Self::Char(_) | Self::Class(_) => false,
            Self::Start | Self::End | Self::Look { .. } => true,
            Self::Concat(nodes) | Self::Either(nodes) => nodes.iter().all(Self::takes_nothing),
            Self::Group(node) | Self::Capture(_, node) => node.takes_nothing(),
            Self::Repeat { node, max, .. } => *max == Some(0) || node.takes_nothing(),
        }
    }

    /// True when it holds a look-around, which `regex` does not have.
    pub(in super::super) fn has_look_around(&self) -> bool {
        match self {
            Self::Look { .. } => true,
            Self::Char(_) | Self::Class(_) | Self::Start | Self::End => false,
            Self::Concat(nodes) | Self::Either(nodes) => nodes.iter().any(Self::has_look_around),
            Self::Group(node) | Self::Capture(_, node) | Self::Repeat { node, .. } => {
                node.has_look_around()
            }
        }
    }

    /// The text that it stands for, when it is nothing but text.
    pub(in super::super) fn as_text(&self) -> Option<String> {
        match self {
            Self::Char(character) => Some(character.to_string()),
            Self::Concat(nodes) => nodes.iter().map(Self::as_text).collect(),
            Self::Group(node) => node.as_text(),
            _ => None,
        }
    }

    /// True when each of the alternatives has one length.
    pub(super) fn has_fixed_width(&self) -> bool {
        match self {
            Self::Either(nodes) => nodes.iter().all(|node| node.width().is_some()),
            node => node.width().is_some(),
        }
    }

    fn width(&self) -> Option<usize> {
        match self {
            Self::Char(_) | Self::Class(_) => Some(1),
            Self::Start | Self::End => Some(0),
            Self::Look { .. } => None,
            Self::Concat(nodes) => nodes.iter().map(Self::width).sum(),
            Self::Either(nodes) => {
                let mut widths = nodes.iter().map(Self::width);
                let first = widths.next()??;
                widths.all(|width| width == Some(first)).then_some(first)
            }
            Self::Group(node) | Self::Capture(_, node) => node.width(),
            Self::Repeat { node, min, max, .. } => {
                (*max == Some(*min)).then(|| Some(node.width()? * *min as usize))?
            }
        }
    }

    /// How many characters and classes an engine has to hold, counted repetitions written out.
    pub(in super::super) fn size(&self) -> usize {
        match self {
            Self::Char(_) | Self::Class(_) | Self::Start | Self::End => 1,
            Self::Concat(nodes) | Self::Either(nodes) => {
                nodes.iter().map(Self::size).fold(1, usize::saturating_add)
            }
            Self::Group(node) | Self::Capture(_, node) | Self::Look { node, .. } => node.size() + 1,
            Self::Repeat { node, min, max, .. } => {
                node.size().saturating_mul(max.unwrap_or(min + 1).max(1) as usize)
            }
        }
    }
}
