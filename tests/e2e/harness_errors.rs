//! The harness notices a page's errors. Otherwise a page could fail in silence.

use crate::harness::{Page, wait_until};

/// Opens the page, causes an error in it, and waits until the harness lists it.
fn is_noticed(cause: &str, word: &str) {
    let page = Page::blank();
    page.go("");
    assert_eq!(page.errors(), Vec::<String>::new());
    page.eval(cause);
    assert!(
        wait_until(|| page.errors().iter().any(|error| error.contains(word))),
        "not noticed: {cause}; only {:?}",
        page.errors()
    );
    page.close();
}

#[test]
fn an_error_on_the_console_is_noticed() {
    is_noticed("console.error('ouch', 1)", "console: \"ouch\" 1");
}

#[test]
fn an_uncaught_exception_is_noticed() {
    is_noticed("void setTimeout(() => { throw new Error('ouch') })", "uncaught: Error: ouch");
}

#[test]
fn an_unhandled_rejection_is_noticed() {
    is_noticed("void Promise.reject(new Error('ouch'))", "Error: ouch");
}

#[test]
fn a_missing_file_is_noticed() {
    is_noticed("void fetch('no-such-file')", "404");
}

#[test]
fn an_inline_script_breaks_the_policy_and_is_noticed() {
    let inline = "document.body.append(Object.assign(document.createElement('script'), \
                  { textContent: 'window.inline = true' }))";
    is_noticed(inline, "Content Security Policy");
}
