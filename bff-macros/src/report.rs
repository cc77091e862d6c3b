use bff_tree::{Code, Diagnostic, Mistake, ProxyMistake, render};
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::input::AppInput;

/// One `compile_error!` for each mistake of the tree. No token of the app call is to blame, so the text names
/// the file.
pub(crate) fn diagnostics<'a>(
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    span: Span,
) -> TokenStream {
    diagnostics.map(|diagnostic| compile_error(&render(diagnostic), span)).collect()
}

/// One `compile_error!` at the token of each mistake.
pub(crate) fn mistakes(mistakes: &[Mistake]) -> TokenStream {
    mistakes
        .iter()
        .map(|mistake| {
            let text =
                format!("{} [{}]\n  = help: {}", mistake.message, mistake.code, mistake.help);
            compile_error(&text, mistake.span)
        })
        .collect()
}

/// The same for those of a proxy, whose patterns are shown with the place that is wrong in them.
pub(crate) fn proxy_mistakes(mistakes: &[ProxyMistake]) -> TokenStream {
    let error = |ProxyMistake { mistake, carets }: &ProxyMistake| {
        let carets = carets.as_ref().map_or_else(String::new, |carets| format!("\n{carets}"));
        let Mistake { code, message, help, span } = mistake;
        compile_error(&format!("{message} [{code}]{carets}\n  = help: {help}"), *span)
    };
    mistakes.iter().map(error).collect()
}

/// There is no app folder anywhere near the call.
pub(crate) fn app_folder_missing(input: &AppInput, tried: &[String]) -> TokenStream {
    let mut text = match &input.dir {
        Some(dir) => format!(
            "there is no folder `{}` [{}]\n  = help: `dir` is relative to the folder of `Cargo.toml`",
            dir.value(),
            Code::AppFolderMissing
        ),
        None => format!(
            "there is no app folder [{}]\n  = help: create `app/route.rs` beside `Cargo.toml`, or name the folder: `bff::app!(dir = \"…\")`",
            Code::AppFolderMissing
        ),
    };
    for path in tried {
        text.push_str(&format!("\n  = note: tried `{path}`"));
    }
    compile_error(&text, input.span())
}

/// `public` says where files are had from, and there is no folder of them.
pub(crate) fn public_folder_missing(span: Span) -> TokenStream {
    compile_error(
        "there is no folder `public`\n  = help: create it beside `Cargo.toml`, or beside the app folder that `dir` names; or remove `public = …`",
        span,
    )
}

fn compile_error(text: &str, span: Span) -> TokenStream {
    quote_spanned! { span => ::core::compile_error! { #text } }
}
