//! The session in the browser's storage, and the page without storage.

use crate::cluster::{state, visit_with_leader, wait_for_state};
use crate::harness::Page;

use super::{hash, line_with, load, reload, wait_for_no_line_with, wait_for_text};

#[test]
fn a_reload_restores_the_session_and_new_starts_over() {
    visit_with_leader(|page, leader, _| {
        reload(page);
        wait_for_state(page, "state.playing && state.servers.every(s => s.alive)");
        assert!(
            !page.eval("document.querySelector('.banner') !== null").as_bool().expect("a bool")
        );
        page.eval("raftarium.pause()");
        page.eval(&format!("raftarium.exec('crash {leader}')"));
        let there = hash(page);
        reload(page);
        wait_for_text(page, ".banner", "your last session");
        assert_eq!(hash(page), there);
        assert_eq!(state(page)["playing"], false);
        page.click("button", "New");
        wait_for_state(page, "state.playing && state.servers.every(s => s.alive)");
        page.click("button", "Restore the previous session");
        wait_for_state(page, &format!("!state.servers.find(s => s.id === '{leader}').alive"));
        assert_eq!(hash(page), there);
        page.click("tab", "Script");
        page.click("button", "New");
        wait_for_state(page, "state.playing");
        reload(page);
        wait_for_state(page, "state.playing && state.servers.every(s => s.alive)");
    });
}

#[test]
fn a_session_that_crashed_the_page_is_reported_and_not_run() {
    let page = Page::blank();
    page.before_each_start(
        "if (!window.name) { window.name = 'seen'; sessionStorage['raftarium.restoring'] = '1';
             localStorage['raftarium.session'] = '1000000\\nservers 4\\n'; }",
    );
    page.go("");
    wait_for_text(&page, ".banner.bad", "servers 4");
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    page.click("tab", "Script");
    page.click("button", "Restore");
    wait_for_state(&page, "state.servers.length === 4 && state.time === 1000000");
    assert_eq!(page.errors(), Vec::<String>::new());
    page.close();
}

#[test]
fn a_crashed_page_shows_the_script_and_can_start_over() {
    let page = Page::blank();
    page.go("");
    page.eval("raftarium.load('servers 4\\n')");
    page.before_each_start(
        "if (!window.name) new MutationObserver(() => document.querySelector('#app')?.remove())
             .observe(document, { childList: true, subtree: true })",
    );
    page.eval("void location.reload()");
    page.wait_for("document.querySelector('#panic:not([hidden])')");
    wait_for_text(&page, "#panic-detail", "servers 4");
    page.eval("window.name = 'seen'");
    page.click("button", "Start over");
    page.wait_for("'raftarium' in window");
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    page.close();
}

#[test]
fn without_storage_everything_else_works() {
    let page = Page::blank();
    page.before_each_start(
        "for (const name of ['localStorage', 'sessionStorage'])
             Object.defineProperty(window, name,
                 { get() { throw new DOMException('denied', 'SecurityError') } })",
    );
    page.go("");
    load(&page, "servers 3\n");
    page.eval("raftarium.exec('crash s1')");
    line_with(&page, "crash s1");
    page.click("button", "Undo");
    wait_for_no_line_with(&page, "crash s1");
    page.click("button", "New");
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    reload(&page);
    wait_for_state(&page, "state.playing && state.servers.length === 5");
    assert_eq!(page.errors(), Vec::<String>::new());
    page.close();
}

#[test]
fn in_a_sandboxed_frame_everything_else_works() {
    let page = Page::blank();
    page.go("");
    let address = page.eval("location.href");
    // The page's own policy allows no frames, but a text file in the tab has no policy.
    let text = page.eval("document.querySelector('script[src]').src");
    page.navigate(text.as_str().expect("an address"));
    page.eval(&format!(
        "(() => {{ const frame = document.createElement('iframe');
            frame.sandbox = 'allow-scripts';
            frame.src = {address};
            document.body.append(frame);
            return new Promise(done => frame.addEventListener('load', () => done(null))) }})()"
    ));
    page.wait_for_in_frame("document.querySelector('.stage [data-server]')");
    assert_eq!(page.eval_in_frame("getComputedStyle(document.body).margin"), "0px");
    page.eval_in_frame("void document.querySelector('#tab-6').click()");
    page.wait_for_in_frame("document.querySelectorAll('.script-line').length === 1");
    page.eval_in_frame(
        "void document.querySelector('[data-server=\"1\"]')
             .dispatchEvent(new MouseEvent('click', { bubbles: true }))",
    );
    page.wait_for_in_frame("document.querySelector('[role=menuitem]')");
    page.eval_in_frame("void document.querySelector('[role=menuitem]').click()");
    page.eval_in_frame("void document.querySelector('#tab-6').click()");
    page.wait_for_in_frame("document.querySelectorAll('.script-line').length === 3");
    page.eval_in_frame(
        "void [...document.querySelectorAll('header button')]
             .find(button => button.textContent === 'Share').click()",
    );
    page.wait_for_in_frame("document.querySelector('[aria-label=Link]')");
    page.eval_in_frame("void document.querySelector('.link-row button').click()");
    page.wait_for_in_frame(
        "/copied|allow/i.test(document.querySelector('dialog [role=status]').textContent)",
    );
    // The browser reports the denied copy itself, and the missing icon of the text file.
    let ours = |error: &String| !error.contains("Clipboard") && !error.contains("favicon");
    let errors = page.errors();
    assert!(!errors.iter().any(ours), "{errors:#?}");
    page.close();
}

#[test]
fn with_full_storage_everything_else_works() {
    let page = Page::blank();
    page.before_each_start(
        "Storage.prototype.setItem = () => {
             throw new DOMException('full', 'QuotaExceededError')
         }",
    );
    page.go("");
    page.eval("raftarium.exec('crash s1')");
    page.click("tab", "Script");
    line_with(&page, "crash s1");
    assert_eq!(page.errors(), Vec::<String>::new());
    page.close();
}
