use bff_tree::{AttributeArgs, Mistake};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Meta;

use crate::{expand, function::Function, report};

/// A function with all that its attributes of ours say. Several may stand on one, and the first speaks for all.
pub(crate) struct Attributed {
    /// The first attribute.
    pub(crate) name: Ident,
    /// The function without the others.
    pub(crate) function: Function,
    pub(crate) attributes: AttributeArgs,
    /// The others, as they are written.
    pub(crate) further: Vec<syn::Path>,
    pub(crate) mistakes: Vec<Mistake>,
}

impl Attributed {
    /// Reads an item below the attribute `name`; `ours` tells the last words of attributes that go with it.
    ///
    /// # Errors
    /// The item as it stands, with what is wrong, when it is no function.
    pub(crate) fn read(
        name: &str,
        arguments: TokenStream,
        item: TokenStream,
        ours: impl Fn(&str) -> bool,
    ) -> Result<Self, TokenStream> {
        let name = Ident::new(name, Span::call_site());
        let function = function(&name, item)?;
        let (attributes, further, mistakes) = Default::default();
        let mut read = Self { name, function, attributes, further, mistakes };
        read.attributes.add(&read.name, arguments, &mut read.mistakes);
        read.take_further(ours);
        Ok(read)
    }

    fn take_further(&mut self, ours: impl Fn(&str) -> bool) {
        let Self { function, attributes, further, mistakes, .. } = self;
        function.head.attrs.retain(|attribute| {
            let Some(last) = attribute.path().segments.last() else { return true };
            if !ours(&last.ident.to_string()) {
                return true;
            }
            let arguments = match &attribute.meta {
                Meta::List(list) => list.tokens.clone(),
                Meta::Path(_) => TokenStream::new(),
                Meta::NameValue(pair) => pair.value.to_token_stream(),
            };
            attributes.add(&last.ident, arguments, mistakes);
            further.push(attribute.path().clone());
            false
        });
    }

    /// The answer where nothing can stand in for what the function should be: its mistakes alone.
    pub(crate) fn refused(&self) -> TokenStream {
        let (errors, function) = (report::mistakes(&self.mistakes), &self.function);
        let used = self.used_anywhere();
        quote! { #errors #[allow(dead_code, reason = "refused as a handler")] #function #used }
    }

    /// The answer where it stands in a module of its file, which the tree does not look into.
    pub(crate) fn nested(&self) -> TokenStream {
        let mistake = Mistake::nested_handler(&self.name.to_string(), self.name.span());
        let (errors, function) = (report::mistakes(&[mistake]), &self.function);
        let used = self.used_anywhere();
        quote! { #errors #function #used }
    }

    /// What keeps rustc from calling the imports of the further attributes unused: they are not in the output.
    pub(crate) fn used(&self) -> TokenStream {
        expand::used_attributes(&self.further, &quote! { _ })
    }

    /// The same where the function may be one of an `impl`, which has no constants without a name.
    fn used_anywhere(&self) -> TokenStream {
        let name = format_ident!("__bff_used_by_{}", self.function.head.sig.ident);
        expand::used_attributes(&self.further, &name.to_token_stream())
    }
}

/// The function below an attribute.
///
/// # Errors
/// As [`Attributed::read`].
pub(crate) fn function(name: &Ident, item: TokenStream) -> Result<Function, TokenStream> {
    syn::parse2::<Function>(item.clone()).map_err(|_| {
        // A function that does not parse is rustc's to report; it gets the tokens back.
        let mistake = Mistake::not_a_function(&name.to_string(), item.clone());
        let errors = report::mistakes(mistake.as_slice());
        quote! { #errors #item }
    })
}
