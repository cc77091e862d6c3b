use bff_tree::{
    Requirement, Route,
    config::{Config, PolicyRule},
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

/// The value of an entry, whose handler no request reaches that does not satisfy what is required:
///
/// ```text
/// {
///     fn __require(__request: Request, __state: &Arc<super::__BffState>) -> RequireFuture {
///         let __state = Arc::clone(__state);
///         Box::pin(async move {
///             let (mut __parts, __body) = __request.into_parts();
///             required(admin, &mut __parts, &*__state).await?;
///             Ok(Request::from_parts(__parts, __body))
///         })
///     }
///     Entry::require({ Entry::function(…) }, __require, true)
/// }
/// ```
pub(super) fn behind(required: &[Requirement], entry: TokenStream) -> TokenStream {
    if required.is_empty() {
        return entry;
    }
    let needs_axum = !required.iter().all(is_ours);
    let function = function(required);
    quote! {
        #function
        ::bff::__private::Entry::require({ #entry }, __require, #needs_axum)
    }
}

/// What rules require, as constants of the app module by the numbers of the rules:
///
/// ```text
/// const __GUARD_1: RuleGuard<super::__BffState> = { fn __require(…) … RuleGuard::new(1usize, __require, true) };
/// const __GUARD_2: RuleGuard<super::__BffState> = RuleGuard::lifted(2usize);
/// ```
pub(super) fn guards(config: &Config) -> TokenStream {
    let rules = config.rules.iter().enumerate();
    rules.filter_map(|(index, rule)| Some(guard(index, required_by(rule)?))).collect()
}

fn guard(index: usize, required: &[String]) -> TokenStream {
    let name = guard_ident(index);
    let value = if required.is_empty() {
        quote! { ::bff::__private::RuleGuard::lifted(#index) }
    } else {
        // Without one of them the build fails, and never the guard.
        let read = |path: &String| syn::parse_str(path).expect("the tree has read it as a path");
        let paths = required.iter().map(read);
        let required: Vec<Requirement> = paths.map(Requirement).collect();
        let needs_axum = !required.iter().all(is_ours);
        let function = function(&required);
        quote! {
            #function
            ::bff::__private::RuleGuard::new(#index, __require, #needs_axum)
        }
    };
    quote! {
        const #name: ::bff::__private::RuleGuard<super::__BffState> = { #value };
    }
}

/// The call that puts what rules require of a route in front of an entry of it; nothing where they require nothing.
pub(super) fn guarded(route: &Route, config: &Config) -> TokenStream {
    let rules = config.rules_of(&route.pattern);
    let guards: Vec<_> = rules
        .into_iter()
        .filter(|(index, _)| config.rules.get(*index).and_then(required_by).is_some())
        .map(|(index, _)| guard_ident(index))
        .collect();
    if guards.is_empty() {
        return TokenStream::new();
    }
    quote! { .guarded(&[#(#guards),*]) }
}

fn required_by(rule: &PolicyRule) -> Option<&[String]> {
    rule.policy.require.as_ref().map(|require| &require.value[..])
}

fn guard_ident(rule: usize) -> Ident {
    format_ident!("__GUARD_{rule}")
}

/// The function that finds out.
fn function(required: &[Requirement]) -> TokenStream {
    let checks = required.iter().map(|Requirement(path)| {
        quote_spanned! { path.span() =>
            ::bff::__private::required(#path, &mut __parts, &*__state).await?;
        }
    });
    quote! {
        fn __require(
            __request: ::bff::__private::Request,
            __state: &::bff::__private::Arc<super::__BffState>,
        ) -> ::bff::__private::RequireFuture {
            let __state = ::bff::__private::Arc::clone(__state);
            ::bff::__private::Box::pin(async move {
                let (mut __parts, __body) = __request.into_parts();
                #(#checks)*
                ::bff::__private::Result::Ok(::bff::__private::Request::from_parts(__parts, __body))
            })
        }
    }
}

/// The requirements of bff itself look at no params.
fn is_ours(Requirement(path): &Requirement) -> bool {
    path.leading_colon.is_some() && path.segments.first().is_some_and(|first| first.ident == "bff")
}
