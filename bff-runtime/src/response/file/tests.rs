use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use http_body::Body as _;
use http_body_util::BodyExt;

use super::*;
use crate::response::Conditions;

/// A folder of the test's own, which is gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("bff-file-{}-{number}", std::process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    /// Writes a file that was changed an hour ago.
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let open = fs::File::options().write(true).open(&path).unwrap();
        open.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn body(response: Response) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

async fn status(file: impl Future<Output = Result<File>>) -> u16 {
    file.await.map_or_else(|error| error.status().as_u16(), |_| 200)
}

fn ranged(mut response: Response, range: &'static str) -> Response {
    let mut request = axum::extract::Request::new(Body::empty());
    request.headers_mut().insert("range", HeaderValue::from_static(range));
    Conditions::of(&request).unwrap().apply(&mut response);
    response
}

#[tokio::test]
async fn rh_225_rh_412_a_file_has_type_length_date_and_tag() {
    let folder = Folder::new();
    let path = folder.file("report.csv", b"a,b\n");
    let file = file(&path).await.unwrap().download("report 1.csv");
    assert_eq!(file.len(), 4);
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    let tag = file.etag().clone();
    assert!(tag.is_strongly(&tag));
    let response = file.into_response();
    assert_eq!(response.body().size_hint().exact(), Some(4));
    for (name, value) in [
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"report 1.csv\""),
        ("accept-ranges", "bytes"),
        ("x-content-type-options", "nosniff"),
        ("last-modified", &http_date::format(modified).unwrap()),
        ("etag", &tag.to_string()),
    ] {
        assert_eq!(response.headers()[name], value, "{name}");
    }
    assert_eq!(body(response).await, b"a,b\n");
}

#[tokio::test]
async fn rh_225_a_large_file_is_sent_in_chunks() {
    let folder = Folder::new();
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let path = folder.file("large.bin", &bytes);
    let mut response = file(&path).await.unwrap().into_response();
    let first = response.body_mut().frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(first.len(), 64 * 1024);
    assert_eq!(response.body().size_hint().exact(), Some(200_000 - 64 * 1024));
    assert_eq!([first.to_vec(), body(response).await].concat(), bytes);
}

#[tokio::test]
async fn rh_197_ranges_of_a_file_are_read_where_they_are() {
    let folder = Folder::new();
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let path = folder.file("large.bin", &bytes);
    for (range, start, end) in [
        ("bytes=0-0", 0, 1),
        ("bytes=65530-131080", 65530, 131_081),
        ("bytes=-5", 199_995, 200_000),
    ] {
        let response = ranged(file(&path).await.unwrap().into_response(), range);
        assert_eq!(response.status(), 206);
        assert_eq!(response.body().size_hint().exact(), Some(end - start));
        assert_eq!(body(response).await, bytes[start as usize..end as usize], "{range}");
    }
    let response = ranged(file(&path).await.unwrap().into_response(), "bytes=70000-70001,5-6");
    let length = response.body().size_hint().exact();
    let parts = body(response).await;
    assert_eq!(Some(parts.len() as u64), length);
    assert!(parts.windows(2).any(|two| *two == bytes[70_000..70_002]));
}

#[tokio::test]
async fn rh_078_a_file_that_becomes_shorter_breaks_the_response_off() {
    let folder = Folder::new();
    let path = folder.file("shrinking.bin", &[0; 1000]);
    let response = file(&path).await.unwrap().into_response();
    fs::write(&path, b"short").unwrap();
    assert!(response.into_body().collect().await.is_err());
}

#[tokio::test]
async fn rh_225_a_file_that_grows_is_sent_as_long_as_it_was() {
    let folder = Folder::new();
    let path = folder.file("growing.txt", b"one");
    let response = file(&path).await.unwrap().into_response();
    fs::write(&path, b"one two").unwrap();
    assert_eq!(body(response).await, b"one");
}

#[tokio::test]
async fn rh_225_an_empty_file_is_a_file() {
    let folder = Folder::new();
    let response = file(folder.file("empty.txt", b"")).await.unwrap().into_response();
    assert_eq!(response.body().size_hint().exact(), Some(0));
    assert!(response.body().is_end_stream());
}

#[tokio::test]
async fn what_is_no_file_is_not_found() {
    let folder = Folder::new();
    folder.file("a.txt", b"a");
    let inside = |name: &str| folder.0.join(name);
    for path in [
        inside("missing"),
        inside("a.txt/b"),
        inside("a\0b"),
        folder.0.clone(),
        inside(&"x".repeat(5000)),
    ] {
        assert_eq!(status(file(&path)).await, 404, "{path:?}");
    }
    if cfg!(unix) {
        assert_eq!(status(file("/dev/null")).await, 404);
    }
}

#[tokio::test]
async fn no_path_of_a_client_leads_out_of_the_folder() {
    let folder = Folder::new();
    folder.file("secret.txt", b"secret");
    folder.file("public/a b/ü.txt", b"public");
    folder.file("public/.env", b"secret");
    folder.file("public/.git/config", b"secret");
    let public = folder.0.join("public");
    let absolute = folder.0.join("secret.txt").display().to_string();
    assert_eq!(status(file_in(&public, "a b/ü.txt")).await, 200);
    for path in [
        "",
        "/",
        ".",
        "..",
        "../secret.txt",
        "a b/../../secret.txt",
        "./a b/ü.txt",
        "/a b/ü.txt",
        "a b//ü.txt",
        "a b/ü.txt/",
        "a b",
        "..\\secret.txt",
        "a b\\ü.txt",
        ".env",
        ".git/config",
        "C:/x",
        "C:x",
        "a:b",
        "nul",
        "NUL.txt",
        "com1",
        "LPT9.txt",
        "a b/ü.txt.",
        "a b/ü.txt ",
        "a b/ü.txt\0",
        "a b/ü.txt\n",
        "~",
        &absolute,
    ] {
        assert_eq!(status(file_in(&public, path)).await, 404, "{path:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_is_followed_inside_of_the_folder_only() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    folder.file("secret.txt", b"secret");
    folder.file("public/a.txt", b"public");
    let public = folder.0.join("public");
    symlink(folder.0.join("secret.txt"), public.join("out.txt")).unwrap();
    symlink(&folder.0, public.join("up")).unwrap();
    symlink("a.txt", public.join("in.txt")).unwrap();
    for (path, expected) in
        [("out.txt", 404), ("up/secret.txt", 404), ("up/public/a.txt", 200), ("in.txt", 200)]
    {
        assert_eq!(status(file_in(&public, path)).await, expected, "{path}");
    }
}

#[test]
fn rh_196_the_tag_of_a_file_changes_with_size_and_time_and_is_honest() {
    let at = |nanoseconds: u64| SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds);
    let now = at(10_000_000_000);
    let tags =
        [etag(1, at(1), now), etag(2, at(1), now), etag(1, at(2), now), etag(0x11, at(1), now)];
    for (n, tag) in tags.iter().enumerate() {
        assert!(tags[n + 1..].iter().all(|other| !tag.is_weakly(other)));
        assert!(tag.is_strongly(tag));
    }
    let before = SystemTime::UNIX_EPOCH - Duration::from_nanos(1);
    assert!(!etag(1, before, now).is_weakly(&etag(1, at(1), now)));
    for fresh in [at(9_000_000_000), now, at(11_000_000_000)] {
        let tag = etag(1, fresh, now);
        assert!(
            !tag.is_strongly(&tag),
            "a change within the same tick of the clock would not be seen"
        );
    }
}
