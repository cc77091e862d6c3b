use std::path::{Component, Path};

use bff_tree::Code;
use proc_macro2::Span;
use syn::{
    Ident, LitStr, Token, Type,
    parse::{Parse, ParseStream},
    parse_quote,
};

/// The arguments of `bff::app!(state = T, dir = "…", public = "…")`.
pub(crate) struct AppInput {
    /// The app's state; `()` unless it is named.
    pub(crate) state: Option<Type>,
    /// The app folder, when it is not `app` or `src/app`.
    pub(crate) dir: Option<LitStr>,
    /// Where a release build has the files of `public/` from, when it is named.
    pub(crate) public: Option<(PublicSource, Span)>,
}

/// Where a release build has the files of `public/` from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PublicSource {
    /// `"disk"`: the folder, listed when the program starts.
    #[default]
    Disk,
    /// `"embed"`: they are parts of the program.
    Embed,
    /// `"live"`: the folder as it is when a request comes.
    Live,
}

impl PublicSource {
    fn of(text: &LitStr) -> syn::Result<Self> {
        match &*text.value() {
            "disk" => Ok(Self::Disk),
            "embed" => Ok(Self::Embed),
            "live" => Ok(Self::Live),
            other => Err(syn::Error::new(
                text.span(),
                format!(
                    "`public` cannot be `{other}`\n  = help: write `\"disk\"` (the default), `\"embed\"` or `\"live\"`"
                ),
            )),
        }
    }
}

impl AppInput {
    pub(crate) fn state_type(&self) -> Type {
        self.state.clone().unwrap_or_else(|| parse_quote! { () })
    }

    /// Where mistakes of the tree are shown: the macro call, or the folder that it names.
    pub(crate) fn span(&self) -> Span {
        self.dir.as_ref().map_or_else(Span::call_site, LitStr::span)
    }
}

/// What there is to write.
const ARGUMENTS: &str =
    "write `bff::app!(state = AppState, dir = \"app\", public = \"embed\")`; each is optional";

impl Parse for AppInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments = Self { state: None, dir: None, public: None };
        while !input.is_empty() {
            if !input.peek(Ident) {
                return Err(wrong(input.span(), "`app!` takes `key = value` arguments"));
            }
            let key: Ident = input.parse()?;
            if key != "state" && key != "dir" && key != "public" {
                return Err(wrong(key.span(), &format!("`app!` has no argument `{key}`")));
            }
            if input.parse::<Option<Token![=]>>()?.is_none() || input.is_empty() {
                return Err(wrong(key.span(), &format!("`{key}` has no value")));
            }
            let is_second = if key == "state" {
                arguments.state.replace(input.parse()?).is_some()
            } else {
                let text = input.parse::<LitStr>();
                let text =
                    text.map_err(|error| wrong(error.span(), &format!("`{key}` is a string")))?;
                if key == "public" {
                    let public = (PublicSource::of(&text)?, text.span());
                    arguments.public.replace(public).is_some()
                } else {
                    check_dir(&text)?;
                    arguments.dir.replace(text).is_some()
                }
            };
            if is_second {
                return Err(syn::Error::new(
                    key.span(),
                    format!("`{key}` is given twice\n  = help: remove one of them"),
                ));
            }
            if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
                return Err(wrong(input.span(), "arguments are separated by `,`"));
            }
        }
        Ok(arguments)
    }
}

fn wrong(span: Span, message: &str) -> syn::Error {
    syn::Error::new(span, format!("{message}\n  = help: {ARGUMENTS}"))
}

/// An app folder is below its package: cargo packs and watches nothing else, and rust-analyzer finds no module
/// elsewhere.
fn check_dir(dir: &LitStr) -> syn::Result<()> {
    let mut depth = 0_usize;
    for component in Path::new(&dir.value()).components() {
        let is_inside = match component {
            Component::Normal(_) => {
                depth += 1;
                true
            }
            Component::CurDir => true,
            Component::ParentDir => {
                let is_below = depth > 0;
                depth = depth.saturating_sub(1);
                is_below
            }
            Component::Prefix(_) | Component::RootDir => false,
        };
        if !is_inside {
            depth = 0;
            break;
        }
    }
    if depth > 0 {
        return Ok(());
    }
    Err(syn::Error::new(
        dir.span(),
        format!(
            "`{}` is no folder below the package [{}]\n  = help: name a folder beside `Cargo.toml`, such as `dir = \"app\"`",
            dir.value(),
            Code::AppFolderMissing
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(arguments: &str) -> String {
        match syn::parse_str::<AppInput>(arguments) {
            Ok(_) => "fine".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn rh_007_the_app_folder_is_below_the_package() {
        for dir in ["app", "app/", "./web/routes", "a/../b"] {
            assert_eq!(message(&format!("dir = {dir:?}")), "fine", "{dir}");
        }
        for dir in ["", ".", "./", "..", "../app", "a/..", "a/../../b", "/srv/app"] {
            let message = message(&format!("dir = {dir:?}"));
            assert!(message.starts_with(&format!("`{dir}` is no folder below")), "{message}");
            assert!(message.contains("BFF0101"), "{message}");
        }
    }

    #[test]
    fn arguments_are_refused_in_words_that_say_what_to_write() {
        for (arguments, fact) in [
            ("", "fine"),
            ("state = AppState<'static>, dir = \"app\",", "fine"),
            ("\"app\"", "`app!` takes `key = value` arguments"),
            ("stat = u8", "`app!` has no argument `stat`"),
            ("state", "`state` has no value"),
            ("state =", "`state` has no value"),
            ("state u8", "`state` has no value"),
            ("dir \"app\"", "`dir` has no value"),
            ("dir = 5", "`dir` is a string"),
            ("public = \"disk\"", "fine"),
            ("dir = \"app\", public = \"embed\"", "fine"),
            ("public = \"live\"", "fine"),
            ("public = embed", "`public` is a string"),
            ("public = \"embedded\"", "`public` cannot be `embedded`"),
            ("public = \"disk\", public = \"disk\"", "`public` is given twice"),
            ("dir = \"app\" state = ()", "arguments are separated by `,`"),
            ("state = A, state = B", "`state` is given twice"),
        ] {
            let message = message(arguments);
            assert_eq!(message.lines().next(), Some(fact), "{arguments}");
            assert_eq!(message.contains("= help: "), fact != "fine", "{arguments}");
        }
    }
}
