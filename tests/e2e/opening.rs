//! The page opens, and says why if it cannot.

use crate::harness::{Page, site, visit};
#[test]
fn the_page_opens_and_shows_its_name() {
    visit(|page| {
        assert_eq!(page.eval("document.title"), "Raftarium");
        assert!(page.has("heading", "Raftarium"));
    });
}

#[test]
fn the_page_makes_no_third_party_requests() {
    visit(|page| {
        let origins = page.eval(
            "[...new Set(performance.getEntriesByType('resource')
                 .map(entry => new URL(entry.name).origin))]",
        );
        let own = page.eval("[location.origin]");
        assert_eq!(origins, own);
    });
}

/// Cuts the second half of the program off.
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
fn a_program_that_is_cut_short_is_reported() {
    let page = Page::blank();
    page.before_each_start(CUT);
    page.navigate(&site::url());
    let message = "document.querySelector('body > p[role=alert]')?.textContent";
    page.wait_for(message);
    let message = page.eval(message).to_string();
    assert!(message.starts_with("\"Raftarium could not start: "), "{message}");
    page.close();
}
