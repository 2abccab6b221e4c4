//! Many messages in flight are painted on one canvas, and stay buttons.

use serde_json::Value;

use crate::harness::{Page, visit};

/// Nine servers whose rounds of heartbeats overlap.
const CROWDED: &str = "servers 9\nlatency 250ms\nheartbeat 45ms\nelection-timeout 4s..5s\n\
     timeout s1\n";

fn load(page: &Page, script: &str, time_us: u64) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    page.eval(&format!("raftarium.seek({time_us})"));
}

/// The opacity of the canvas in the middle of a button.
const PAINTED: &str = "(button => {
    const canvas = document.querySelector('canvas.crowd');
    const [own, whole] = [button, canvas].map(it => it.getBoundingClientRect());
    const scale = canvas.width / whole.width;
    const x = (own.left + own.width / 2 - whole.left) * scale;
    const y = (own.top + own.height / 2 - whole.top) * scale;
    return canvas.getContext('2d').getImageData(x, y, 1, 1).data[3];
})";
const BUTTONS: &str = "[...document.querySelectorAll('.flight[data-message]')]";

#[test]
fn a_crowd_is_painted_where_its_buttons_are() {
    visit(|page| {
        load(page, CROWDED, 2_000_000);
        page.wait_for("document.querySelector('.flights.crowded')");
        page.wait_for(&format!("{BUTTONS}.length > 80"));
        // A heartbeat is a ring, whose middle is filled as well.
        page.wait_for(&format!("{BUTTONS}.every(button => {PAINTED}(button) > 200)"));
        assert_eq!(page.eval(&format!("{BUTTONS}.flatMap(it => it.getAnimations()).length")), 0);
        let named = format!("{BUTTONS}.every(it => /S\\d to S\\d, term 1/.test(it.ariaLabel))");
        assert_eq!(page.eval(&named), true);
    });
}

#[test]
fn a_crowd_moves_and_each_of_it_has_a_menu() {
    visit(|page| {
        load(page, CROWDED, 2_000_000);
        page.eval("raftarium.speed(0.02)");
        page.eval("raftarium.play()");
        let picture = "document.querySelector('canvas.crowd').toDataURL()";
        let before = page.eval(picture);
        page.wait_for(&format!("{picture} !== {before}"));
        page.eval("raftarium.pause()");
        // One that no other lies upon.
        let id = page.eval(&format!(
            "{BUTTONS}.find(button => {{
                const rect = button.getBoundingClientRect();
                const at = [rect.left + rect.width / 2, rect.top + rect.height / 2];
                return document.elementFromPoint(...at)?.closest('.flight') === button;
            }}).dataset.message"
        ));
        let id = id.as_str().expect("a message that can be clicked").to_owned();
        page.eval(&format!("document.querySelector('[data-message=\"{id}\"]').click()"));
        page.wait_for("document.querySelector('[role=menu]')?.innerText.includes('Drop')");
    });
}

#[test]
fn few_messages_are_animated_again() {
    visit(|page| {
        load(page, CROWDED, 2_000_000);
        page.wait_for("document.querySelector('.flights.crowded')");
        load(page, "servers 3\nlatency 20ms\nelection-timeout never\ntimeout s1\n", 10_000);
        page.wait_for("document.querySelector('.flights:not(.crowded)')");
        page.wait_for(&format!("{BUTTONS}.length === 2"));
        let animated = format!("{BUTTONS}.every(button => button.getAnimations().length === 1)");
        page.wait_for(&animated);
        assert_eq!(page.eval("document.querySelector('canvas.crowd').width"), 0);
    });
}
