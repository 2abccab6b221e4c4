//! The harness's clicks, keys and text reach the elements that they name, in HTML and in the
//! drawing.

use crate::harness::visit;
use headless_chrome::browser::tab::ModifierKey;

#[test]
fn a_click_and_keys_reach_the_named_element() {
    visit(|page| {
        page.eval(
            "window.got = [];
             const field = document.createElement('input');
             field.setAttribute('aria-label', 'try it');
             field.addEventListener('keydown', event =>
                 got.push((event.shiftKey ? 'shift ' : '') + event.key));
             const button = document.createElement('button');
             button.textContent = 'Far below';
             button.addEventListener('click', () => got.push('clicked'));
             const lines = Array.from({ length: 200 }, () => document.createElement('p'));
             document.body.append(field, ...lines, button);
             null",
        );
        page.focus("textbox", "try it");
        page.type_text("ab");
        page.press("Enter");
        page.press_with("ArrowLeft", &[ModifierKey::Shift]);
        page.click("button", "Far below");
        let got = serde_json::json!(["a", "b", "Enter", "shift ArrowLeft", "clicked"]);
        assert_eq!(page.eval("got"), got);
        assert_eq!(page.eval("document.querySelector('[aria-label=\"try it\"]').value"), "ab");
        assert!(!page.has("button", "No such button"));
    });
}

#[test]
fn a_click_reaches_a_named_shape_of_the_drawing() {
    visit(|page| {
        page.eval(
            "document.body.insertAdjacentHTML('afterbegin',
                 '<svg width=200 height=100>\
                  <circle cx=50 cy=50 r=9 role=button aria-label=\"server s1\" /></svg>');
             const name = event => { window.hit = event.target.tagName };
             document.addEventListener('click', name, { once: true });
             null",
        );
        page.click("button", "server s1");
        assert_eq!(page.eval("hit"), "circle");
        let place = page.eval(
            "(() => { const box = document.querySelector('circle').getBoundingClientRect();
                      document.addEventListener('click', ({ clientX, clientY }) => {
                          window.hit = [clientX, clientY];
                      });
                      return box.x; })()",
        );
        page.click_at(place.as_f64().unwrap_or_default() + 5.0, 50.0);
        assert_eq!(page.eval("hit[1]"), 50);
    });
}
