//! The one boundary to the disk.

use bff_tree::{AppFolder, Code, SourceTree, check};

use super::support::{Folder, diagnostic_line};

fn paths(source: &SourceTree) -> Vec<&str> {
    source.files.iter().map(|file| &*file.path).collect()
}

fn diagnostics(source: &SourceTree) -> Vec<String> {
    check(source).diagnostics.iter().map(diagnostic_line).collect()
}

#[test]
fn an_app_folder_is_read_from_disk() {
    let folder =
        Folder::with(&["app/route.rs", "app/posts/[id]/route.rs", "Cargo.toml", "src/main.rs"]);
    folder.write("app/posts/[id]/post.rs", b"struct Post;");
    let source = folder.source();
    assert_eq!(source.app.as_deref(), Some("app"));
    assert_eq!(source.second_app, None);
    assert_eq!(
        paths(&source),
        ["app/posts/[id]/post.rs", "app/posts/[id]/route.rs", "app/route.rs"]
    );
    assert_eq!(source.files[0].text, None);
    assert!(source.files[2].text.as_deref().is_some_and(|text| text.contains("#[get]")));
    assert_eq!(diagnostics(&source), [""; 0]);
}

#[test]
fn mdi_02_images_and_their_texts_are_read_from_disk() {
    let folder = Folder::with(&["app/route.rs"]);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x20\0\0\0\x10\x08\x06\0\0\0";
    folder.write("app/icon.png", png);
    folder.write("app/opengraph-image.png", b"\x89PNG");
    folder.write("app/opengraph-image.alt.txt", b"a fox\n");
    folder.write("app/robots.txt", b"\xff");
    folder.write("app/_private/icon.png", b"not read");
    let source = folder.source();
    let images = source.images.iter().map(|image| (&*image.path, image.length, &image.size));
    assert_eq!(
        images.clone().map(|(path, length, _)| (path, length)).collect::<Vec<_>>(),
        [("app/icon.png", png.len() as u64), ("app/opengraph-image.png", 4)]
    );
    assert_eq!(images.clone().next().map(|(.., size)| size), Some(&Ok(Some((32, 16)))));
    assert_eq!(diagnostics(&source), ["BFF0603 app/opengraph-image.png"]);
}

#[test]
fn only_folders_below_the_app_folder_are_private() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x20\0\0\0\x10\x08\x06\0\0\0";
    let folder = Folder::with(&["_work/my-app/app/route.rs"]);
    for (file, content) in [
        ("icon.png", &png[..]),
        ("robots.rs", b"#[robots] fn robots() {}"),
        ("x/opengraph-image.png", png),
        ("x/opengraph-image.alt.txt", b"a fox\n"),
        ("_private/icon.png", b"not read"),
    ] {
        folder.write(format!("_work/my-app/app/{file}"), content);
    }
    let app = Some("_work/my-app/app".to_owned());
    let source = SourceTree::from_dir(&AppFolder { package: folder.path().to_owned(), app });
    let checked = check(&source);
    assert_eq!(diagnostics(&source), [""; 0]);
    let served = checked.tree.routes.iter().map(|route| route.pattern.to_string());
    assert_eq!(
        served.collect::<Vec<_>>(),
        ["/", "/icon.png", "/robots.txt", "/x/opengraph-image.png"]
    );
    let image = checked.tree.routes[3].metadata.as_ref().map(|it| &it.image);
    assert_eq!(image.and_then(|it| it.size), Some((32, 16)));
    assert_eq!(image.and_then(|it| it.alt.as_deref()), Some("a fox"));
}

#[test]
fn what_is_read_from_disk_is_what_a_fixture_says() {
    let files = [
        "Cargo.toml",
        "app/(b)/x/route.rs",
        "app/A/route.rs",
        "app/a/route.rs",
        "app/a/helper.rs",
        "app/[id/route.rs",
        "build.rs",
        "middleware.rs",
        "pages/about.rs",
        "pages/api.rs",
        "pages/api/[id].rs",
        "pages/api/x.rs",
        "pages/api/y.ts",
        "proxy.rs",
        "public/a/b.txt",
        "public/a.txt",
        "src/app/route.rs",
        "src/main.rs",
        "src/pages/about.rs",
        "src/pages/api/x.rs",
        "src/pages/api/y.ts",
        "src/proxy.rs",
    ];
    let folder = Folder::with(&files);
    let text = "#[get]\nasync fn index() {}\n";
    let fixture: String = files.iter().rev().map(|file| format!("//- {file}\n{text}")).collect();
    assert_eq!(folder.source(), SourceTree::from_fixture(&fixture));
}

#[test]
fn rh_007_src_app_is_found_and_both_are_seen() {
    let folder = Folder::with(&["src/app/posts/route.rs"]);
    assert_eq!(folder.source().app.as_deref(), Some("src/app"));
    assert_eq!(paths(&folder.source()), ["src/app/posts/route.rs"]);

    folder.write("app/route.rs", b"#[get] fn index() {}");
    let source = folder.source();
    assert_eq!(
        (source.app.as_deref(), source.second_app.as_deref()),
        (Some("app"), Some("src/app"))
    );
    assert_eq!(paths(&source), ["app/route.rs"]);
    assert_eq!(diagnostics(&source), ["BFF0104 src/app, app"]);
}

#[test]
fn rh_470_pages_are_read_beside_the_app_folder_or_instead_of_it() {
    let folder = Folder::with(&["web/pages/api/x.rs", "pages/api/y.rs", "web/pages/about.tsx"]);
    let named =
        |app: &str| AppFolder { package: folder.path().to_owned(), app: Some(app.to_owned()) };
    let source = SourceTree::from_dir(&named("web/routes"));
    assert_eq!((source.app.as_deref(), source.pages.as_deref()), (None, Some("web/pages")));
    assert_eq!(paths(&source), ["pages/api/y.rs", "web/pages/api/x.rs"]);

    let source = folder.source();
    assert_eq!((source.app.as_deref(), source.pages.as_deref()), (None, Some("pages")));
    assert_eq!(paths(&source), ["pages/api/y.rs"]);

    // A folder of that name without `api` is a frontend's.
    folder.write("lib/pages/about.tsx", b"");
    assert_eq!(SourceTree::from_dir(&named("lib/app")).pages, None);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_in_the_pages_of_another_place_is_no_error() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with(&["app/route.rs", "src/pages/api/client.rs"]);
    symlink("nowhere", folder.path().join("src/pages/api/broken")).expect("a link");
    assert_eq!(diagnostics(&folder.source()), [""; 0]);
    folder.write("pages/api/x.rs", b"#[api] fn x() {}");
    symlink("nowhere", folder.path().join("pages/api/broken")).expect("a link");
    assert_eq!(diagnostics(&folder.source()), ["BFF0107 pages/api/broken"]);
}

#[test]
fn no_app_folder_is_an_error() {
    let folder = Folder::with(&["src/main.rs"]);
    // A file of that name is none.
    folder.write("app", b"");
    assert_eq!(folder.source().app, None);
    assert_eq!(diagnostics(&folder.source()), ["BFF0101 app"]);
    let nowhere = AppFolder { package: folder.path().join("nowhere"), app: None };
    assert_eq!(diagnostics(&SourceTree::from_dir(&nowhere)), ["BFF0101 app"]);
}

#[test]
fn the_app_folder_may_be_named() {
    let folder = Folder::with(&["app/wrong/route.rs", "web/routes/x/route.rs", "src/proxy.rs"]);
    let named = AppFolder { package: folder.path().to_owned(), app: Some("web/routes".to_owned()) };
    let source = SourceTree::from_dir(&named);
    assert_eq!(source.app.as_deref(), Some("web/routes"));
    let checked = check(&source);
    assert_eq!(checked.tree.routes[0].pattern.to_string(), "/x");
    assert_eq!(checked.tree.routes[0].file, "web/routes/x/route.rs");
    // A module of the program, whose sources are elsewhere.
    assert_eq!(diagnostics(&source), [""; 0]);
}

#[test]
fn an_app_has_one_configuration() {
    let folder = Folder::with(&["web/routes/route.rs"]);
    folder.write("web/bff.toml", b"");
    folder.write("bff.toml", b"");
    let web = AppFolder { package: folder.path().to_owned(), app: Some("web/routes".to_owned()) };
    let source = SourceTree::from_dir(&web);
    assert_eq!(source.config_file(), Some("web/bff.toml"));
    assert_eq!(diagnostics(&source), ["BFF0810 bff.toml, web/bff.toml"]);

    // With an app beside it the other one is that app's.
    folder.write("app/route.rs", b"#[get] fn index() {}");
    assert_eq!(diagnostics(&SourceTree::from_dir(&web)), [""; 0]);
    assert_eq!(folder.source().config_file(), Some("bff.toml"));

    // One inside the app folder is none, and does not win over the right one.
    folder.write("app/bff.toml", b"");
    assert_eq!(folder.source().config_file(), Some("bff.toml"));
}

#[test]
fn files_are_sorted_whatever_order_the_disk_has() {
    let folder = Folder::with(&[
        "app/z/route.rs",
        "app/a.b/route.rs",
        "app/a/z/route.rs",
        "app/a/route.rs",
        "app/B/route.rs",
        "app/a-b/route.rs",
    ]);
    let source = folder.source();
    let found = paths(&source);
    let mut sorted = found.clone();
    sorted.sort_unstable();
    assert_eq!(found, sorted);
    assert_eq!(found.len(), 6);
}

#[test]
fn public_files_are_listed_relative_to_their_folder() {
    let folder = Folder::with(&[
        "app/f.txt/route.rs",
        "app/x/route.rs",
        "public/f.txt",
        "public/b/c.js",
        "public/b.js",
    ]);
    let source = folder.source();
    assert_eq!(source.public, ["b.js", "b/c.js", "f.txt"]);
    assert_eq!(diagnostics(&source), ["BFF0405 app/f.txt/route.rs, public/f.txt"]);
}

#[test]
fn pf_01_pf_10_the_public_folder_is_beside_the_app_folder_without_what_is_hidden() {
    let folder = Folder::with(&[
        "src/app/route.rs",
        "public/.env",
        "public/.git/config",
        "public/.well-known/.x",
        "public/.well-known/x",
        "src/public/mod.rs",
        "web/app/route.rs",
        "web/public/w.txt",
    ]);
    let source = folder.source();
    assert_eq!(source.public_folder.as_deref(), Some("public"));
    assert_eq!(source.public, [".well-known/x"]);

    let web = AppFolder { package: folder.path().to_owned(), app: Some("web/app".to_owned()) };
    let source = SourceTree::from_dir(&web);
    assert_eq!(source.public_folder.as_deref(), Some("web/public"));
    assert_eq!(source.public, ["w.txt"]);
    assert_eq!(diagnostics(&source), [""; 0]);

    // An empty folder is one, too: a file may follow.
    let folder = Folder::with(&["app/route.rs", "public/.gitkeep"]);
    assert_eq!(folder.source().public_folder.as_deref(), Some("public"));
    assert_eq!(Folder::with(&["app/route.rs"]).source().public_folder, None);
}

#[test]
fn a_compressed_form_that_is_older_than_its_file_is_stale() {
    let folder = Folder::with(&["app/route.rs"]);
    let hour = std::time::Duration::from_secs(3600);
    let now = std::time::SystemTime::now();
    for (file, modified) in [
        ("a.js", now),
        ("a.js.br", now),
        ("a.js.gz", now - hour),
        ("a.js.zst", now + hour),
        ("lonely.gz", now - hour),
    ] {
        let path = format!("public/{file}");
        folder.write(&path, b"");
        let file = std::fs::File::options().write(true).open(folder.path().join(path));
        file.and_then(|file| file.set_modified(modified)).expect("a file");
    }
    assert_eq!(folder.source().stale, ["a.js.gz"]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_public_folder_is_an_error_and_not_followed() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with(&["app/route.rs", "public/a/b.txt", "secret/key.pem"]);
    let public = folder.path().join("public");
    symlink("../secret", public.join("secret")).expect("a link");
    symlink("../../secret/key.pem", public.join("a/key.pem")).expect("a link");
    symlink("..", public.join("up")).expect("a link");
    symlink("a/b.txt", public.join("c.txt")).expect("a link");
    symlink("a", public.join("d")).expect("a link");
    let source = folder.source();
    assert_eq!(source.public, ["a/b.txt", "c.txt", "d/b.txt"]);
    assert_eq!(
        diagnostics(&source),
        [
            "BFF0407 public/a/key.pem",
            "BFF0407 public/d/key.pem",
            "BFF0407 public/secret",
            "BFF0407 public/up"
        ]
    );

    // The folder itself may be a link.
    let linked = Folder::with(&["app/route.rs", "dist/a.txt"]);
    symlink("dist", linked.path().join("public")).expect("a link");
    assert_eq!(linked.source().public, ["a.txt"]);
    assert_eq!(diagnostics(&linked.source()), [""; 0]);
}

#[test]
fn a_route_file_that_is_not_utf_8_is_an_error() {
    let folder = Folder::with(&["app/route.rs"]);
    folder.write("app/x/route.rs", b"#[get] fn a() {} // \xff");
    folder.write("app/x/image.png", b"\xff\xd8");
    let source = folder.source();
    assert_eq!(
        source.unreadable,
        [("app/x/route.rs".to_owned(), "it is not UTF-8 text".to_owned())]
    );
    assert_eq!(diagnostics(&source), ["BFF0107 app/x/route.rs"]);
}

#[cfg(unix)]
#[test]
fn what_is_neither_file_nor_folder_is_refused_without_being_opened() {
    use std::os::unix::net::UnixListener;

    let folder = Folder::with(&["app/route.rs", "app/x/y.rs"]);
    let _socket = UnixListener::bind(folder.path().join("app/x/route.rs")).expect("a socket");
    let source = folder.source();
    assert_eq!(
        source.unreadable,
        [("app/x/route.rs".to_owned(), "it is not an ordinary file".to_owned())]
    );
    assert_eq!(paths(&source), ["app/route.rs", "app/x/y.rs"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with(&["app/route.rs", "shared/posts/route.rs"]);
    symlink(folder.path().join("shared/posts"), folder.path().join("app/news")).expect("a link");
    let source = folder.source();
    assert_eq!(paths(&source), ["app/news/route.rs", "app/route.rs"]);
    assert_eq!(diagnostics(&source), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_or_in_circles_is_an_error_that_names_it_within_the_package() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with(&["app/route.rs", "app/b/route.rs", "public/x.txt"]);
    symlink("nowhere", folder.path().join("app/a")).expect("a link");
    symlink("..", folder.path().join("app/b/up")).expect("a link");
    symlink("nowhere", folder.path().join("public/broken.txt")).expect("a link");
    let source = folder.source();
    assert_eq!(paths(&source), ["app/b/route.rs", "app/route.rs"]);
    assert_eq!(
        diagnostics(&source),
        ["BFF0107 app/a", "BFF0107 app/b/up", "BFF0107 public/broken.txt"]
    );
    let reasons: Vec<&str> = source.unreadable.iter().map(|(_, reason)| &**reason).collect();
    assert_eq!(
        reasons,
        [
            "it is a link that leads nowhere",
            "it is a link to a folder above it",
            "it is a link that leads nowhere"
        ]
    );
    let package = folder.path().display().to_string();
    for diagnostic in &check(&source).diagnostics {
        assert!(!diagnostic.message.contains(&package), "{}", diagnostic.message);
    }
}

#[cfg(unix)]
#[test]
fn the_lock_of_an_editor_is_no_part_of_the_app() {
    use std::os::unix::fs::symlink;

    // Emacs marks a file that is being edited by a link that leads nowhere.
    let folder = Folder::with(&["app/route.rs"]);
    symlink("me@host.1234:5678", folder.path().join("app/.#route.rs")).expect("a link");
    let source = folder.source();
    assert_eq!(paths(&source), ["app/route.rs"]);
    assert_eq!(diagnostics(&source), [""; 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_an_error_that_names_the_file_within_the_package() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt, path::Path};

    let folder = Folder::with(&["app/route.rs"]);
    folder.write(Path::new("app").join(OsStr::from_bytes(b"caf\xe9")).join("route.rs"), b"");
    let source = folder.source();
    assert_eq!(paths(&source), ["app/route.rs"]);
    assert_eq!(diagnostics(&source), ["BFF0107 app/caf\u{fffd}/route.rs"]);
}

#[test]
fn the_name_on_disk_decides_about_a_proxy() {
    let folder = Folder::with(&["app/route.rs", "Proxy.rs", "proxy.rs/x"]);
    let source = folder.source();
    assert_eq!(paths(&source), ["Proxy.rs", "app/route.rs"]);
    let codes: Vec<Code> =
        check(&source).diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::ProxyPlace]);
}
