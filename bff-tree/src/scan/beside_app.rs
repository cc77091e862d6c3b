use crate::{
    Code, Diagnostics, Location, Proxy, ProxyFile, RouteTree, config, instrumentation_file,
    proxy_file, source::SourceFile,
};

/// A file beside the app folder.
pub(super) fn beside_app(
    tree: &mut RouteTree,
    app: &str,
    file: &SourceFile,
    diagnostics: &mut Diagnostics,
) {
    let folder = app.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (own, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    if own == folder && Proxy::is_file_name(name) && !(own == "src" && name == "middleware.rs") {
        return proxy(tree, file, name, diagnostics);
    }
    if instrumentation_file::is_meant(name) {
        return instrumentation(tree, file, (own, folder, name), diagnostics);
    }
    // Which of them counts, and which is misplaced, is said in `config`.
    if config::is_meant(&file.path) {
        return;
    }
    // With the app folder elsewhere, modules in `src` are the program's own and may have any name.
    // But whoever wrote `#[proxy]` means it to run, and beside `app` there is no app in `src` that it could be of.
    let is_module = !app.starts_with("src/") && file.path.starts_with("src/");
    let is_alone = matches!(app, "app" | "pages");
    if is_module && !(is_alone && file.text.as_deref().and_then(Proxy::first).is_some()) {
        return;
    }
    let place =
        if folder.is_empty() { "proxy.rs".to_owned() } else { format!("{folder}/proxy.rs") };
    diagnostics.tree(
        Code::ProxyPlace,
        Location::file(&file.path),
        format!("`{}` is never run", file.path),
        format!("a proxy is `{place}`, beside the app folder; move it there, or remove it"),
    );
}

/// Of two proxies one would not run, and nobody would know which (PX-07).
fn proxy(tree: &mut RouteTree, file: &SourceFile, name: &str, diagnostics: &mut Diagnostics) {
    if let Some(first) = &mut tree.proxy {
        // The warning about the old name would say the same again.
        first.deprecated_name = false;
        diagnostics
            .tree(
                Code::TwoProxies,
                Location::file(&file.path),
                format!("both `{}` and `{}` exist", first.file, file.path),
                "keep `proxy.rs`",
            )
            .related
            .push(Location::file(&first.file));
        return;
    }
    // The text is missing only when the file could not be read, which has been said.
    let Some(text) = &file.text else { return };
    if proxy_file::read(&file.path, text, diagnostics) {
        tree.proxy =
            Some(ProxyFile { file: file.path.clone(), deprecated_name: name == "middleware.rs" });
    }
}

fn instrumentation(
    tree: &mut RouteTree,
    file: &SourceFile,
    (own, folder, name): (&str, &str, &str),
    diagnostics: &mut Diagnostics,
) {
    let text = file.text.as_deref();
    if own == folder && name == "instrumentation.rs" {
        // The text is missing only when the file could not be read, which has been said.
        tree.instrumentation =
            text.map(|text| Box::new(instrumentation_file::read(&file.path, text, diagnostics)));
        return;
    }
    // A module of the program may have this name; but nothing else than an app calls this function.
    if own == "src" && folder != "src" && !text.is_some_and(instrumentation_file::hears_of_errors) {
        return;
    }
    let place = match folder {
        "" => "instrumentation.rs".to_owned(),
        folder => format!("{folder}/instrumentation.rs"),
    };
    diagnostics.tree(
        Code::InstrumentationPlace,
        Location::file(&file.path),
        format!("`{}` is never run", file.path),
        format!("instrumentation is `{place}`, beside the app folder; move it there, or remove it"),
    );
}
