//! The page opens.

use crate::harness::visit;

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
