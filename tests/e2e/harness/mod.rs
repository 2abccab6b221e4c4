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

use std::panic::{self, AssertUnwindSafe};

/// Opens the page and hands it to the test.
pub fn visit(test: impl FnOnce(&Page)) {
    visit_at("", test);
}

/// Opens the page with `rest` after its address: `?embed=1`, `#...`.
pub fn visit_at(rest: &str, test: impl FnOnce(&Page)) {
    let page = Page::blank();
    page.go(rest);
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
