//! The built page, served on a free port of the loopback.

use super::static_server::StaticServer;
use std::env;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Where the page is served: not at the root, so that a test notices an address
/// that only works there.
const MOUNT: &str = "/some/where/";

static SITE: LazyLock<StaticServer> = LazyLock::new(|| {
    StaticServer::start(&dist(), MOUNT, 0).expect("a free port on 127.0.0.1 for the page")
});

/// The address of the page.
pub fn url() -> String {
    SITE.url()
}

/// The folder of the built page.
fn dist() -> PathBuf {
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
