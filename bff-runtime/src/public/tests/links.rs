#![cfg(unix)]

use std::{os::unix::fs::symlink, os::unix::net::UnixListener};

use super::*;

#[tokio::test]
async fn rh_225_a_link_is_followed_within_the_folder_only_and_what_is_no_file_is_not_served() {
    let site = Site::new();
    let root = site.folder.path();
    let public = root.join("public");
    symlink("../secret.txt", public.join("out.txt")).expect("a link");
    symlink("..", public.join("up")).expect("a link");
    symlink(root.join("etc"), public.join("etc")).expect("a link");
    symlink("nowhere", public.join("broken.txt")).expect("a link");
    symlink("..", public.join("dir/round")).expect("a link");
    symlink("dir", public.join("folder")).expect("a link");
    symlink("a.txt", public.join("in.txt")).expect("a link");
    symlink("/dev/zero", public.join("zero")).expect("a link");
    let _socket = UnixListener::bind(public.join("socket")).expect("a socket");

    // As a volume of Kubernetes has its files.
    site.write("public/..2026/k.txt", b"mounted");
    symlink("..2026", public.join("..data")).expect("a link");
    symlink("..data/k.txt", public.join("k.txt")).expect("a link");

    let (listed, live) = (site.public(false), site.public(true));
    for (path, expected) in [
        ("/in.txt", Some(&b"hello bff"[..])),
        ("/folder/index.html", Some(b"<p>")),
        ("/k.txt", Some(b"mounted")),
        ("/..data/k.txt", None),
        ("/out.txt", None),
        ("/up/secret.txt", None),
        ("/etc/passwd", None),
        ("/broken.txt", None),
        ("/zero", None),
        ("/socket", None),
    ] {
        for (way, public) in [("listed", &listed), ("live", &live)] {
            // What was a file when it was looked for is looked at again when it is opened.
            let found = get(public, path).await.filter(|(status, _)| *status != 404);
            let found = found.as_ref().map(|(status, body)| (*status, &**body));
            assert_eq!(found, expected.map(|bytes| (200, bytes)), "{path} {way}");
        }
    }
    // A link to a folder above has no end, so the listing stops there.
    assert_eq!(get(&listed, "/dir/round/a.txt").await, None);
    let told = listed.problems().join("\n");
    for name in ["out.txt", "up", "etc", "zero"] {
        assert!(told.contains(&format!("{name}` is a link that leads out")), "{told}");
    }
    assert_eq!(listed.problems().len(), 4, "{told}");
}

#[tokio::test]
async fn a_file_that_became_a_link_since_it_was_listed_is_not_followed_out() {
    let site = Site::new();
    let listed = site.public(false);
    let file = site.folder.path().join("public/a.txt");
    fs::remove_file(&file).expect("a file");
    symlink("../secret.txt", &file).expect("a link");
    assert_eq!(get(&listed, "/a.txt").await.map(|(status, _)| status), Some(404));
}

#[test]
fn a_folder_that_cannot_be_read_is_told() {
    let site = Site::new();
    let missing = Public::at(&site.folder.path().join("nowhere"), false);
    assert!(missing.problems()[0].contains("cannot be read"), "{:?}", missing.problems());
    assert!(missing.find("/a.txt").is_none());
}
