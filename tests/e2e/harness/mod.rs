//! Opens the built page in Chromium and acts on it as a person does.
//!
//! [`visit`] gives a test a tab of its own, in a profile of its own, and fails it
//! when the page has logged an error, thrown, or broken its security policy.

mod accessible;
mod browser;
#[path = "../../../xtask/src/shared/chromium.rs"]
mod chromium;
mod page;
pub mod site;
#[path = "../../../xtask/src/shared/static_server.rs"]
mod static_server;
mod troubles;

pub use page::Page;

use static_server::StaticServer;
use std::panic::{self, AssertUnwindSafe};
use std::{env, fs, process, thread};

/// Opens the page and hands it to the test.
pub fn visit(test: impl FnOnce(&Page)) {
    visit_at("", test);
}

/// Opens the page with `rest` after its address: `?embed=1`, `#...`.
pub fn visit_at(rest: &str, test: impl FnOnce(&Page)) {
    visit_with(|page| page.go(rest), test);
}

/// Opens a page of the test's own, on another origin than the page; it is made from the page's address.
pub fn visit_around(html: impl FnOnce(&str) -> String, test: impl FnOnce(&Page)) {
    let name = format!("raftarium-around-{}-{:?}", process::id(), thread::current().id());
    let folder = env::temp_dir().join(name.replace(['(', ')'], ""));
    fs::create_dir_all(&folder).expect("a folder for the page around");
    fs::write(folder.join("index.html"), html(&site::url())).expect("the page around");
    let server = StaticServer::start(&folder, "/", 0).expect("a free port on 127.0.0.1");
    visit_with(|page| page.navigate(&server.url()), test);
    // What is left in a folder for temporary files does no harm.
    let _ = fs::remove_dir_all(&folder);
}

fn visit_with(open: impl FnOnce(&Page), test: impl FnOnce(&Page)) {
    let page = Page::blank();
    open(&page);
    let result = panic::catch_unwind(AssertUnwindSafe(|| test(&page)));
    let troubles = page.troubles();
    page.close();
    if let Err(panic) = result {
        if !troubles.is_empty() {
            eprintln!("The page also said: {troubles:#?}");
        }
        panic::resume_unwind(panic);
    }
    assert!(troubles.is_empty(), "the page said: {troubles:#?}");
}
