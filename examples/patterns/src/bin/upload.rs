//! Uploads: files of a form, kept under names of ours, and sent back.
//!
//! ```sh
//! cargo run -p patterns --bin upload
//! curl localhost:3000/files -F title=Letter -F file=@Cargo.toml
//! curl -OJ localhost:3000/files/<the id in the answer>
//! ```

use std::{path::Path, sync::Arc};

use bff::{axum::Extension, request::FormLimits};
use tempfile::TempDir;

bff::app!(state = Folder, dir = "apps/upload/app");

const MIB: u64 = 1024 * 1024;

/// Where the files are, until the program ends.
#[derive(Clone)]
struct Folder(Arc<TempDir>);

impl Folder {
    fn path(&self) -> &Path {
        self.0.path()
    }
}

#[tokio::main]
async fn main() -> bff::Result {
    let folder = Folder(Arc::new(TempDir::new()?));
    // Forms alone may be as large; any other body keeps its limit of 2 MiB.
    let limits = FormLimits::new().total(100 * MIB).file(20 * MIB).parts(10);
    bff::serve(app::router(folder).layer(Extension(limits))).await
}
