//! The page in Firefox: the first minute, a partition by touch, a seek, and the same hashes.

use std::fs;

use serde_json::{Value, json};

use crate::harness::firefox::{ARROW_LEFT, ENTER, Firefox, HOME};
use crate::scripts::{golden_scripts, native_hash};

const LEADER: &str =
    "document.querySelector('[aria-label^=\"S\"][aria-label*=\", leader, term\"]')";

/// The term of the leader that runs, or null.
const LEADERS_TERM: &str = "raftarium.state().then(({ servers }) =>
    servers.find(({ role, alive }) => role === 'leader' && alive)?.term ?? null)";

fn at_full_speed_with_leader(width: u32, height: u32) -> Firefox {
    let mut firefox = Firefox::visit(width, height);
    firefox.eval("raftarium.speed(1)");
    firefox.wait_for(LEADER);
    firefox
}

#[test]
#[ignore = "needs Firefox: cargo xtask test"]
fn the_first_minute() {
    let mut firefox = at_full_speed_with_leader(1280, 800);
    let first = firefox.eval(LEADERS_TERM).as_u64().expect("the leader's term");
    firefox.click_element(LEADER);
    firefox.click("menuitem", "Crash");
    firefox.wait_for(&format!("(await ({LEADERS_TERM})) > {first}"));
    firefox.click("tab", "Clients");
    firefox.click("textbox", "Command");
    firefox.press(&format!("set colour blue{ENTER}"));
    firefox.wait_for(
        "(await raftarium.state()).servers.filter(server => server.commit > 1).length >= 3",
    );
    firefox.assert_no_errors();
}

#[test]
#[ignore = "needs Firefox: cargo xtask test"]
fn a_finger_across_the_ring_partitions_the_servers() {
    let mut firefox = at_full_speed_with_leader(390, 844);
    let mut side = |number: usize, side: &str| {
        let server = format!("document.querySelector('[data-server=\"{number}\"]')");
        let place = firefox.eval(&format!("{server}.getBoundingClientRect().{side}"));
        place.as_f64().expect("a place")
    };
    let y = (side(1, "bottom") + side(2, "top")) / 2.0;
    let (left, right) = (side(5, "left") - 4.0, side(2, "right") + 4.0);
    firefox.swipe((left, y), (right, y));
    firefox.wait_for(
        "(await raftarium.state()).links.filter(l => /^s/.test(l.from) && /^s/.test(l.to))\
             .every(l => l.up === ((l.from === 's1') === (l.to === 's1')))",
    );
    firefox.assert_no_errors();
}

#[test]
#[ignore = "needs Firefox: cargo xtask test"]
fn the_slider_goes_back_in_time() {
    let mut firefox = at_full_speed_with_leader(1280, 800);
    firefox.eval("raftarium.pause()");
    let now = "(await raftarium.hash()).time";
    let before = firefox.eval("raftarium.hash()");
    firefox.eval("document.querySelector('input[type=range][aria-label^=Time]').focus()");
    firefox.press(&ARROW_LEFT.to_string());
    firefox.wait_for(&format!("{now} < {}", before["time"]));
    firefox.press(&HOME.to_string());
    firefox.wait_for(&format!("{now} === 0"));
    firefox.eval(&format!("raftarium.seek({})", before["time"]));
    assert_eq!(firefox.eval("raftarium.hash()"), before);
    firefox.assert_no_errors();
}

#[test]
#[ignore = "needs Firefox: cargo xtask test"]
fn the_same_script_gives_the_same_hash_natively_and_in_firefox() {
    let mut firefox = Firefox::visit(1280, 800);
    let scripts = golden_scripts();
    assert!(scripts.len() >= 300, "only {} scripts were found", scripts.len());
    for path in &scripts {
        let text = fs::read_to_string(path).expect("a readable script");
        let quoted = Value::from(text.as_str());
        let here = firefox.eval(&format!(
            "(async () => {{ await raftarium.load({quoted}); await raftarium.run(); \
             return await raftarium.hash() }})()"
        ));
        assert_eq!(here, native_hash(&text), "{}", path.display());
    }
    // Scripts that break a property, as some do, log no error.
    firefox.assert_no_errors();
    assert_ne!(firefox.eval("raftarium.hash()"), json!(null));
}
