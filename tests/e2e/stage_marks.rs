//! What tells apart what the stage draws: messages by shape, sign and outline, so in grey, too; and
//! marks for all that is unusual about a server, a link or the run.

use serde_json::{Value, json};

use crate::harness::{Page, visit};

fn run(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
    assert_eq!(page.eval("raftarium.run()")["ok"], true, "{script}");
}

/// Of each kind of message: its paths and signs, whether it is filled, and whether its outline is
/// dashed. No colour.
const LOOKS: &str = "Object.fromEntries([...document.querySelectorAll('.legend-panel .mark svg, \
     .prototypes .flight svg')].filter(svg => svg.closest('.flight')).map(svg => {
    const parts = [...svg.querySelectorAll('*')];
    const shapes = parts.map(part => part.getAttribute('d') ?? part.textContent
        ?? part.getAttribute('r')).join('|');
    const first = getComputedStyle(parts[0]);
    const paper = ['none', 'rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(first.fill);
    const kind = svg.closest('.flight').classList[1];
    return [kind, { shapes, filled: !paper, dashed: first.strokeDasharray !== 'none' }];
}))";

#[test]
fn requests_grants_and_refusals_differ_without_colour() {
    visit(|page| {
        // Hidden elements have no computed style.
        page.eval("document.querySelector('.prototypes').hidden = false");
        let looks = page.eval(LOOKS);
        let of = |kind: &str| looks[kind].clone();
        for [request, granted, refused] in [
            ["ask", "vote-yes", "vote-no"],
            ["heartbeat", "reply-yes", "reply-no"],
            ["request", "answer-yes", "answer-no"],
        ] {
            let shapes = [request, granted, refused].map(|kind| of(kind)["shapes"].clone());
            assert!(shapes[0] != shapes[1] && shapes[1] != shapes[2], "{shapes:?}");
            assert_eq!(of(granted)["filled"], true, "{granted}: {looks}");
            assert_eq!(of(refused)["filled"], false, "{refused}: {looks}");
            assert_eq!(of(refused)["dashed"], true, "{refused}: {looks}");
        }
        assert_eq!(of("ask")["filled"], false, "{looks}");
        // Each shows where it goes.
        let headed = "[...document.querySelectorAll('.prototypes .flight')]\
                      .every(flight => flight.querySelector('.heading'))";
        assert_eq!(page.eval(headed), true);
    });
}

#[test]
fn all_that_is_unusual_is_drawn() {
    visit(|page| {
        run(
            page,
            "servers 4\nlatency 15ms\nwait leader\nset x 1\nwait answer = ok\nrule majority off\n\
             link s1 <-> s2 latency 80ms..90ms loss 20%\nskew s3 2\ncut s2 -> s4\nrun 1ms\n",
        );
        let texts = |selector: &str| {
            page.eval(&format!(
                "[...document.querySelectorAll('{selector}')].map(e => e.textContent)"
            ))
        };
        page.wait_for("document.querySelector('.lines .tube')");
        assert_eq!(texts(".own-label"), json!(["80–90 ms, loses 20 %"]));
        assert_eq!(texts(".server .unusual"), json!(["×2"]));
        assert_eq!(texts(".conditions li"), json!(["Rule off: majority"]));
        assert_eq!(page.eval("document.querySelectorAll('.cut-mark').length"), 1);
        // The client is joined to the server that it talks to.
        page.wait_for("document.querySelectorAll('.talks-to').length === 1");
    });
}
