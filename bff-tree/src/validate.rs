mod case_only;
mod catch_all_not_last;
mod conflicting_patterns;
mod duplicate_param;
mod optional_catch_all_overlap;
mod public_case;
mod public_file;
mod public_link;
mod reserved_public_name;

use crate::{
    Diagnostics, PublicFolder, RouteTree, SourceTree, ValidRouteTree,
    config::{self, Config},
    scan::scan,
};

/// An app after every rule has run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The routes as found.
    pub tree: RouteTree,
    /// What `bff.toml` says, without the rules that are wrong. Boxed, because [`into_valid`](Self::into_valid) may
    /// give all of this back.
    pub config: Box<Config>,
    /// Every mistake, sorted by place.
    pub diagnostics: Diagnostics,
}

impl Checked {
    /// The valid tree, unless a mistake was found that concerns more than one handler's own tokens.
    ///
    /// # Errors
    /// Gives the tree and the diagnostics back, for a fallback and for the report.
    pub fn into_valid(self) -> Result<ValidRouteTree, Self> {
        if self.diagnostics.for_tree().next().is_none() {
            Ok(ValidRouteTree::new(self.tree, *self.config))
        } else {
            Err(self)
        }
    }
}

/// Reads the tree and runs every rule; all mistakes are found at once.
pub fn check(source: &SourceTree) -> Checked {
    let mut diagnostics = Diagnostics::default();
    let tree = RouteTree {
        public: PublicFolder::of(source).map(Box::new),
        ..scan(source, &mut diagnostics)
    };

    catch_all_not_last::catch_all_not_last(&tree, &mut diagnostics);
    duplicate_param::duplicate_param(&tree, &mut diagnostics);
    conflicting_patterns::conflicting_patterns(&tree, &mut diagnostics);
    optional_catch_all_overlap::optional_catch_all_overlap(&tree, &mut diagnostics);
    case_only::case_only(&tree, &mut diagnostics);
    if let Some(public) = &tree.public {
        public_file::public_file(&tree, public, &mut diagnostics);
        public_case::public_case(public, &mut diagnostics);
        public_link::public_link(public, &source.public_links, &mut diagnostics);
        reserved_public_name::reserved_public_name(public, &mut diagnostics);
    }

    config::misplaced(source, &mut diagnostics);
    let path = source.config_file();
    let file = path.and_then(|path| source.files.iter().find(|file| file.path == path));
    // The text is missing only when the file could not be read, which has been said.
    let config = match file.and_then(|file| file.text.as_deref().map(|text| (&*file.path, text))) {
        Some((path, text)) => config::read(path, text, &tree, &source.public, &mut diagnostics),
        None => Config::default(),
    };

    diagnostics.sort();
    Checked { tree, config: Box::new(config), diagnostics }
}
