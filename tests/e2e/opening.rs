//! The page opens.

use crate::harness::{Page, site, visit};
use std::time::Duration;

#[test]
fn the_page_opens_and_shows_its_name() {
    visit(|page| {
        assert_eq!(page.eval("document.title"), "Raftarium");
        assert!(page.has("heading", "Raftarium"));
    });
}

#[test]
fn the_page_asks_no_other_origin_for_anything() {
    visit(|page| {
        let origins = page.eval(
            "[...new Set(performance.getEntriesByType('resource').map(e => new URL(e.name).origin))]",
        );
        let own = page.eval("[location.origin]");
        assert_eq!(origins, own);
    });
}

/// What the page gets of its program lacks the end.
const CUT: &str = "
    const whole = window.fetch;
    window.fetch = async (url, ...rest) => {
        const answer = await whole(url, ...rest);
        if (!/_bg[.]wasm$/.test(url)) return answer;
        const bytes = await answer.arrayBuffer();
        const headers = { 'content-type': 'application/wasm' };
        return new Response(bytes.slice(0, bytes.byteLength / 2), { headers });
    };";

#[test]
fn a_program_that_is_cut_short_is_told_and_not_waited_for() {
    let page = Page::blank();
    page.before_each_start(CUT);
    page.navigate(&site::url());
    let told = "document.querySelector('body > p[role=alert]')?.textContent";
    page.wait_for(told, Duration::from_secs(10));
    let told = page.eval(told).to_string();
    assert!(told.starts_with("\"Raftarium could not start: "), "{told}");
    page.close();
}
