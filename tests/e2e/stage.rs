//! What the stage shows, and how it is touched.

use serde_json::Value;

use crate::cluster::{visit_with_leader, wait_for_state};
use crate::harness::{Page, visit};

/// The script of an election that a test can step through: S1 asks first.
const ELECTION: &str = "latency 15ms..25ms\nelection-timeout never\ntimeout s1\n";

fn load(page: &Page, script: &str) {
    page.eval(&format!("raftarium.load({})", Value::from(script)));
}

fn run(page: &Page, script: &str) {
    load(page, script);
    assert_eq!(page.eval("raftarium.run()")["ok"], true, "{script}");
}

/// A line between S1 and the others, from the left of the ring to its right.
fn line_below_s1(page: &Page) -> ((f64, f64), (f64, f64)) {
    let box_of = |number: usize, side: &str| {
        let server = format!("document.querySelector('[data-server=\"{number}\"]')");
        let place = page.eval(&format!("{server}.getBoundingClientRect().{side}"));
        place.as_f64().expect("a place")
    };
    let y = (box_of(1, "bottom") + box_of(2, "top")) / 2.0;
    ((box_of(5, "left") - 4.0, y), (box_of(2, "right") + 4.0, y))
}

const S1_IS_ALONE: &str = "state.links.filter(l => /^s/.test(l.from) && /^s/.test(l.to))\
                           .every(l => l.up === ((l.from === 's1') === (l.to === 's1')))";

/// The servers, ballots and clients that a label of a side touches.
const COVERED_BY_LABELS: &str = r"[...document.querySelectorAll('.side-line')].flatMap(label => {
    const a = label.getBoundingClientRect();
    const shapes = [...document.querySelectorAll('.server .body, .ballot, .client')];
    return shapes.filter(shape => {
        const b = shape.getBoundingClientRect();
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    }).map(shape => `${label.textContent} covers ${shape.className.baseVal}`);
})";

#[test]
fn a_finger_across_the_ring_partitions_the_servers() {
    visit_with_leader(|page, _, _| {
        page.resize(390, 844);
        page.wait_for("document.querySelector('.stage').clientWidth < 390");
        page.eval(
            "addEventListener('pointercancel', () => { window.cancelled = true }, true); null",
        );
        let (from, to) = line_below_s1(page);
        page.swipe(from, to);
        wait_for_state(page, S1_IS_ALONE);
        assert_eq!(page.eval("Boolean(window.cancelled)"), false, "the browser took the gesture");
        assert_eq!(page.eval("scrollX + scrollY"), 0);
        page.wait_for("document.querySelector('.side-line.majority')");
        let lines =
            page.eval("[...document.querySelectorAll('.side-line')].map(l => l.textContent)");
        assert_eq!(lines, serde_json::json!(["S2–S5: 4 of 5, a majority", "S1: 1 of 5"]));
        assert_eq!(page.eval(COVERED_BY_LABELS), serde_json::json!([]));
    });
}

#[test]
fn space_plays_or_pauses_wherever_the_focus_is_and_enter_opens() {
    visit_with_leader(|page, leader, _| {
        let playing = |expected: bool| {
            page.wait_for_value("(async () => (await raftarium.state()).playing)()", expected);
        };
        // After a choice from its menu the server has the focus again.
        page.press(leader.trim_start_matches('s'));
        page.press("Enter");
        page.wait_for(
            "document.activeElement.role === 'menuitem' || \
                       document.activeElement.getAttribute('role') === 'menuitem'",
        );
        page.press("Enter");
        page.wait_for("document.activeElement.hasAttribute('data-server')");
        playing(true);
        page.press(" ");
        playing(false);
        assert!(!page.eval("document.querySelector('[role=menu]') !== null").as_bool().unwrap());
        page.press("Enter");
        page.wait_for("document.querySelector('[role=menu]')");
        page.press("Escape");
        // On a button, Space does not press it.
        page.focus("button", "Partition");
        page.press(" ");
        playing(true);
        assert_eq!(page.eval("document.querySelector('dialog[open]')"), Value::Null);
        page.focus("button", "Next event");
        page.press(" ");
        playing(false);
        // In a text field it is a space.
        page.click("tab", "Console");
        page.focus("textbox", "Console");
        page.type_text("crash leader");
        assert_eq!(page.eval("document.activeElement.value"), "crash leader");
        playing(false);
    });
}

#[test]
fn space_opens_a_server_where_single_keys_are_off() {
    visit(|page| {
        page.before_each_start("localStorage.setItem('raftarium.shortcuts', 'off')");
        page.go("?again");
        page.eval("document.querySelector('[data-server=\"2\"]').focus()");
        page.press(" ");
        page.wait_for("document.activeElement.getAttribute('role') === 'menuitem'");
        assert_eq!(page.eval("raftarium.state()")["playing"], true);
    });
}

/// In every frame: while a leader's message flies, the stage shows a leader; and the ballots count
/// one by one to the winning one.
#[test]
fn roles_and_votes_change_in_the_frame_of_their_messages() {
    visit(|page| {
        load(page, ELECTION);
        page.eval(
            "window.seen = []; window.wrong = [];
             const look = () => {
                 const flies = [...document.querySelectorAll('.flight.append:not(.free)')]
                     .some(flight => !flight.closest('.prototypes'));
                 const leads = document.querySelector('.server.leader') !== null;
                 const s1 = document.querySelector('[data-server=\"1\"]');
                 const votes = s1.querySelector('.letter')?.textContent ?? '';
                 const state = [s1.getAttribute('class').split(' ')[1], votes,
                     document.querySelectorAll('.ballot.yes').length].join();
                 if (flies && !leads) wrong.push(state);
                 if (seen.at(-1)?.[0] !== state) seen.push([state, performance.now()]);
                 requestAnimationFrame(look);
             };
             requestAnimationFrame(look);
             raftarium.play()",
        );
        page.wait_for("seen.at(-1)[0] === 'leader,L,0'");
        assert_eq!(page.eval("wrong"), serde_json::json!([]));
        let states = page.eval("seen.map(([state]) => state).join(' ')");
        let states = states.as_str().expect("states");
        let ends = "candidate,1 of 5,1 candidate,2 of 5,2 leader,3 of 5,3 leader,L,0";
        assert!(states.ends_with(ends), "{states}");
        let stayed_ms = page.eval("seen.at(-1)[1] - seen.at(-2)[1]").as_f64().expect("a time");
        assert!((500.0..2_000.0).contains(&stayed_ms), "{stayed_ms} ms");
    });
}

#[test]
fn the_line_under_the_stage_says_what_happened() {
    visit(|page| {
        run(page, &format!("{ELECTION}wait leader\n"));
        page.wait_for_value(
            "document.querySelector('.latest b').textContent.replace(/^S\\d/, 'Sx')",
            "Sx votes for S1: 3 of 5, leader of term 1",
        );
        assert_eq!(page.eval("document.querySelectorAll('.pulses circle').length"), 1);
        assert_eq!(page.eval("document.querySelectorAll('.ballot.yes').length"), 3);
        // An arrow from each voter to its candidate.
        page.wait_for("document.querySelectorAll('.support').length >= 2");
        page.click("button", "Skip to the next thing that matters");
        page.wait_for(
            "!document.querySelector('.latest b').textContent.includes('3 of 5, leader')",
        );
    });
}

#[test]
fn a_leader_of_an_old_term_is_outdated() {
    visit(|page| {
        run(
            page,
            "latency 15ms..25ms\nelection-timeout never\ntimeout s2\nwait leader\nrun 100ms\n\
             partition s1,s2 | s3,s4,s5\ntimeout s4\nrun 100ms\n",
        );
        page.wait_for_starting("button", "S2, leader, term 1, outdated");
        page.wait_for_starting("button", "S4, leader, term 2");
        assert_eq!(page.eval("document.querySelectorAll('.outdated').length"), 1);
    });
}

#[test]
fn truncated_entries_are_struck_through_for_a_moment() {
    visit(|page| {
        run(
            page,
            "servers 3\nlatency 15ms\nelection-timeout never\nheartbeat 50ms\ntimeout s1\n\
             wait leader\nrun 100ms\npartition s1 | s2,s3\nset lost 1 via s1\nrun 20ms\n\
             timeout s2\nrun 100ms\nheal\nrun 1ms\n",
        );
        page.eval("document.querySelector('.truncated')?.remove()");
        page.eval("raftarium.play()");
        page.wait_for("document.querySelector('.truncated')?.textContent.includes('lost')");
        page.wait_for("!document.querySelector('.truncated')");
    });
}

#[test]
fn a_crashed_server_forgets_its_commit_index_and_keeps_its_entries() {
    visit(|page| {
        run(page, "latency 15ms\nwait leader\nrun 200ms\ncrash s2\nrun 10ms\n");
        page.wait_for("document.querySelectorAll('.logs tr.crashed td.forgotten').length === 1");
        assert_eq!(page.eval("document.querySelectorAll('.logs td.committed').length"), 4);
    });
}

#[test]
fn the_hint_goes_away_when_it_is_done_or_no_longer_true() {
    visit_with_leader(|page, leader, _| {
        let leads = format!("{} leads. Click it and crash it.", leader.to_uppercase());
        let hint = "document.querySelector('.hint p')?.textContent";
        page.wait_for_value(hint, leads);
        // In whichever way the leader crashes, that is done.
        page.eval("raftarium.exec('crash leader')");
        page.wait_for(&format!("{hint}?.startsWith('No leader') || {hint}?.includes('now')"));
        page.eval("raftarium.exec('partition s1 | s2,s3,s4,s5')");
        page.wait_for(&format!("{hint} === undefined"));
        page.eval("raftarium.exec('heal')");
        page.wait_for("(await raftarium.state()).links.every(link => link.up)");
        assert_eq!(page.eval(&format!("{hint} ?? null")), Value::Null);
    });
}

#[test]
fn the_pace_adapts_and_changes_nothing_that_happens() {
    visit(|page| {
        let words = "document.querySelector('.speed .words').textContent";
        load(page, &format!("{ELECTION}heartbeat 50ms\n"));
        page.eval("raftarium.play()");
        page.wait_for(&format!("{words} === '33× slower'"));
        page.wait_for(&format!("{words} === '16× slower'"));
        assert_eq!(page.eval("raftarium.state()")["speed"], 0.04);
        page.click("button", "Adaptive pace");
        page.wait_for(&format!("{words} === '25× slower'"));
        // Who asks for a speed gets it all the time.
        page.click("button", "Adaptive pace");
        page.eval("raftarium.speed(2)");
        page.wait_for(&format!("{words} === '2× faster'"));
        assert_eq!(page.eval("document.querySelector('.adaptive').ariaPressed"), "false");
        assert!(page.has("slider", "Speed"));
    });
}
