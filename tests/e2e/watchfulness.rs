//! The harness notices what it is there to notice: without these, a page could
//! fail in silence.

use crate::harness::Page;
use std::time::{Duration, Instant};

/// Opens the page, does something bad in it, and waits for the harness to say so.
fn noticed(bad: &str, word: &str) {
    let page = Page::blank();
    page.go("");
    assert_eq!(page.troubles(), Vec::<String>::new());
    page.eval(bad);
    let start = Instant::now();
    while !page.troubles().iter().any(|trouble| trouble.contains(word)) {
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "not noticed: {bad}; only {:?}",
            page.troubles()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    page.close();
}

#[test]
fn an_error_on_the_console_is_noticed() {
    noticed("console.error('ouch', 1)", "console: \"ouch\" 1");
}

#[test]
fn an_uncaught_exception_is_noticed() {
    noticed("void setTimeout(() => { throw new Error('ouch') })", "uncaught: Error: ouch");
}

#[test]
fn an_unhandled_rejection_is_noticed() {
    noticed("void Promise.reject(new Error('ouch'))", "Error: ouch");
}

#[test]
fn a_missing_file_is_noticed() {
    noticed("void fetch('no-such-file')", "404");
}

#[test]
fn an_inline_script_breaks_the_policy_and_is_noticed() {
    let inline = "document.body.append(Object.assign(document.createElement('script'), \
                  { textContent: 'window.inline = true' }))";
    noticed(inline, "Content Security Policy");
}
