//! The files of one folder in each way of having them: listed, live and embedded.

mod answers;
mod codings;
mod links;
mod traversal;

use std::{
    fs,
    time::{Duration, SystemTime},
};

use axum::{body::Body, extract::Request, response::Response};
use http_body_util::BodyExt;
use tempfile::TempDir;

use super::{Public, folder::File, folder::Folder};

/// What stands in no file that is served.
const SECRET: &[u8] = b"secret";

const FILES: &[(&str, &[u8])] = &[
    (".well-known/x", b"known"),
    ("a.txt", b"hello bff"),
    ("big.txt", &[b'a'; 5000]),
    ("dir/index.html", b"<p>"),
    ("dir/x.js", b"plain"),
    ("dir/x.js.br", b"as br"),
    ("dir/x.js.gz", b"as gzip"),
    ("noext", b"bytes"),
    ("sub/[x].txt", b"brackets"),
    ("sub/a b.txt", b"space"),
    ("sub/\u{e9}.txt", b"unicode"),
];

/// Beside the folder, and hidden in it.
const SECRETS: &[&str] =
    &["secret.txt", "etc/passwd", "public/.env", "public/.git/config", "public/.well-known/.x"];

struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (name, bytes) in FILES {
            site.write(&format!("public/{name}"), bytes);
        }
        for name in SECRETS {
            site.write(name, SECRET);
        }
        site
    }

    /// Writes a file that was changed an hour ago.
    fn write(&self, name: &str, bytes: &[u8]) {
        self.write_aged(name, bytes, Duration::from_secs(3600));
    }

    fn write_aged(&self, name: &str, bytes: &[u8], age: Duration) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        let file = fs::File::options().write(true).open(path).expect("a file");
        file.set_modified(SystemTime::now() - age).expect("a time");
    }

    fn public(&self, is_live: bool) -> Public {
        Public::at(&self.folder.path().join("public"), is_live)
    }

    /// The folder in each way of having it. What is embedded are the files that were written first.
    fn each_way(&self) -> [(&'static str, Public); 3] {
        [("listed", self.public(false)), ("live", self.public(true)), ("embedded", embedded())]
    }
}

fn embedded() -> Public {
    let files: Vec<File> = FILES.iter().map(|(name, bytes)| File::new(name, bytes)).collect();
    Public::new(&Folder::embedded(files.leak())).expect("no folder is needed")
}

fn request(method: &str, path: &str, headers: &[(&'static str, &str)]) -> Request {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).expect("a request")
}

/// The answer, when the path names a file.
async fn answer(public: &Public, request: &Request) -> Option<Response> {
    Some(public.find(request.uri().path())?.answer(request).await)
}

async fn get(public: &Public, path: &str) -> Option<(u16, Vec<u8>)> {
    let response = answer(public, &request("GET", path, &[])).await?;
    Some((response.status().as_u16(), body(response).await))
}

async fn body(response: Response) -> Vec<u8> {
    response.into_body().collect().await.expect("a whole body").to_bytes().to_vec()
}
