//! The hint for a first visit: what it stands on.

use serde_json::json;

use crate::harness::visit;

/// The servers and clients that the hint covers.
const COVERED: &str = "(() => {
    const a = document.querySelector('.hint').getBoundingClientRect();
    const shapes = [...document.querySelectorAll('.server .body, .client rect')];
    return shapes.filter(shape => {
        const b = shape.getBoundingClientRect();
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    }).map(shape => shape.closest('[aria-label]').getAttribute('aria-label'));
})()";

#[test]
fn the_hint_covers_no_server_and_no_client() {
    visit(|page| {
        page.wait_for("document.querySelector('.hint p')");
        for (width, height) in
            [(1440, 900), (1280, 800), (1024, 768), (768, 1024), (390, 844), (844, 390), (320, 568)]
        {
            page.resize(width, height);
            page.wait_for(&format!("innerWidth === {width} && innerHeight === {height}"));
            page.eval("new Promise(done => setTimeout(done, 100))");
            assert_eq!(page.eval(COVERED), json!([]), "at {width}x{height}");
        }
        // A larger cluster comes from a script, which brings no hint.
        page.eval("raftarium.load('servers 9\\nclients 3\\nwait leader\\n')");
        page.wait_for("document.querySelectorAll('.server').length === 9");
        page.wait_for("!document.querySelector('.hint')");
    });
}
