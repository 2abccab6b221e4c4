//! Opens the built page in Chromium and uses it as a person does.
//!
//! [`visit`] gives a test its own tab with its own storage. It fails the test if the page logged an
//! error, threw an exception or broke its content security policy.

mod accessibility;
mod browser;
#[path = "../../../xtask/src/shared/browsers.rs"]
mod browsers;
mod connection;
pub mod firefox;
mod input;
mod keys;
mod page;
mod page_errors;
mod pointer;
pub mod site;
#[path = "../../../xtask/src/shared/static_server.rs"]
mod static_server;

pub use page::{Page, wait_until};
pub use static_server::StaticServer;

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::{env, fs, process, thread};

/// Opens the page and passes it to the test.
pub fn visit(test: impl FnOnce(&Page)) {
    visit_at("", test);
}

/// Opens the page with `rest` after its address: `?embed=1`, `#...`.
pub fn visit_at(rest: &str, test: impl FnOnce(&Page)) {
    visit_with(|page| page.go(rest), test);
}

/// Opens the page after that script has run in it.
pub fn visit_with_script(script: &str, test: impl FnOnce(&Page)) {
    let open = |page: &Page| {
        page.before_each_start(script);
        page.go("");
    };
    visit_with(open, test);
}

/// Opens a page of the test's own, on another origin. `html` makes it from the built page's
/// address.
pub fn visit_host_page(html: impl FnOnce(&str) -> String, test: impl FnOnce(&Page)) {
    let name = format!("raftarium-host-{}-{:?}", process::id(), thread::current().id());
    let folder = env::temp_dir().join(name.replace(['(', ')'], ""));
    fs::create_dir_all(&folder).expect("a folder for the host page");
    fs::write(folder.join("index.html"), html(&site::url())).expect("the host page");
    let server = StaticServer::start(&folder, "/", 0).expect("a free port on 127.0.0.1");
    visit_with(|page| page.navigate(&server.url()), test);
    // A temporary folder may stay behind.
    let _ = fs::remove_dir_all(&folder);
}

/// Opens a file of a folder of the test's own.
pub fn visit_folder(folder: &Path, file: &str, test: impl FnOnce(&Page)) {
    let server = StaticServer::start(folder, "/", 0).expect("a free port on 127.0.0.1");
    visit_with(|page| page.navigate(&format!("{}{file}", server.url())), test);
}

fn visit_with(open: impl FnOnce(&Page), test: impl FnOnce(&Page)) {
    let page = Page::blank();
    open(&page);
    let result = panic::catch_unwind(AssertUnwindSafe(|| test(&page)));
    let errors = page.errors();
    page.close();
    if let Err(panic) = result {
        if !errors.is_empty() {
            eprintln!("The page also reported: {errors:#?}");
        }
        panic::resume_unwind(panic);
    }
    assert!(errors.is_empty(), "the page reported: {errors:#?}");
}
