//! Pictures of the page, for the README.

use crate::harness::Page;
use std::env;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

const SIZES: [(u32, u32); 2] = [(1280, 800), (390, 844)];

/// Run by `cargo xtask screenshot`.
#[test]
#[ignore = "takes pictures: cargo xtask screenshot OUT_DIR"]
fn pictures_of_the_page() {
    let folder = env::var_os("RAFTARIUM_PICTURES").expect("RAFTARIUM_PICTURES names a folder");
    let folder = PathBuf::from(folder);
    let after = env::var("RAFTARIUM_PICTURES_AFTER_S").unwrap_or_default();
    let after = Duration::from_secs_f64(after.parse().unwrap_or(4.0));
    for look in ["light", "dark"] {
        for (width, height) in SIZES {
            let page = Page::blank();
            page.resize(width, height);
            page.prefer("prefers-color-scheme", look);
            page.go("");
            thread::sleep(after);
            page.screenshot(&folder.join(format!("{look}-{width}x{height}.png")));
            let errors = page.errors();
            page.close();
            assert!(errors.is_empty(), "the page reported: {errors:#?}");
        }
    }
}
