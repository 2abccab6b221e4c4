//! Serves the built page on a free port of the loopback interface.

use super::static_server::StaticServer;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Not the root, so that a test notices an address that works only there.
const MOUNT: &str = "/some/where/";

static SITE: LazyLock<StaticServer> = LazyLock::new(|| serve(&dist()));

static OTHER_SITE: LazyLock<Option<StaticServer>> =
    LazyLock::new(|| env::var_os("RAFTARIUM_AGAINST").map(|dist| serve(Path::new(&dist))));

/// The page's address.
pub fn url() -> String {
    SITE.url()
}

/// The address of the page that `cargo xtask measure --against` names.
pub fn other_url() -> Option<String> {
    OTHER_SITE.as_ref().map(StaticServer::url)
}

/// Serves another built page until it is dropped.
pub fn serve(dist: &Path) -> StaticServer {
    StaticServer::start(dist, MOUNT, 0).expect("a free port on 127.0.0.1 for the page")
}

/// The folder of the built page.
pub fn dist() -> PathBuf {
    const REMEDY: &str = "run `cargo xtask test`, or `cargo xtask build --release` and then \
         `RAFTARIUM_DIST=dist cargo test --test e2e`";
    let Some(dist) = env::var_os("RAFTARIUM_DIST") else {
        panic!("RAFTARIUM_DIST does not name the folder of the built page: {REMEDY}");
    };
    let dist = PathBuf::from(dist);
    assert!(
        dist.join("index.html").is_file(),
        "there is no page in RAFTARIUM_DIST={}: {REMEDY}",
        dist.display()
    );
    dist
}
