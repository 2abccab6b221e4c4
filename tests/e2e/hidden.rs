//! A hidden tab pauses, and goes on from there: without a burst, with what moves where it was. So does a
//! page that could not look for a while.

use std::thread;
use std::time::Duration;

use headless_chrome::protocol::cdp::Browser::{
    Bounds, GetWindowForTarget, SetWindowBounds, WindowState,
};
use serde_json::{Value, json};

use crate::harness::{Page, visit};

const SOON: Duration = Duration::from_secs(20);

/// Slow messages: at the opening pace, one is on its way for seconds.
const SCRIPT: &str = "servers 3\nseed 2\nlatency 100ms..150ms\nelection-timeout 400ms..800ms\nheartbeat 60ms\n\
                      load 20/s\nwait leader\n";

/// What the browser does when the person goes to another tab, and comes back. The browser would also stop
/// frames and delay timers; the page must not need that.
const HIDE: &str = "
    window.hide = hidden => {
        Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
        const state = hidden ? 'hidden' : 'visible';
        Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    };
    window.motion = () => document.getAnimations().map(a => [a.playState, a.currentTime]);
    window.rest = ms => new Promise(done => setTimeout(done, ms));
    null";

/// Opens the page and plays until a message is on its way on the stage.
fn visit_playing(speed: f64, test: impl FnOnce(&Page)) {
    visit(|page| {
        page.eval(HIDE);
        page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
        page.eval("raftarium.seek(1000000)");
        page.eval(&format!("raftarium.speed({speed})"));
        page.eval("raftarium.play()");
        wait_for_motion(page);
        test(page);
    });
}

fn wait_for_motion(page: &Page) {
    page.wait_for("(await raftarium.state()).time > 1000000", SOON);
    page.wait_for(
        "(await raftarium.state()).messages.length && motion().some(([state]) => state === 'running')",
        SOON,
    );
}

/// Hides the tab for so long, and tells what is so at its beginning and at its end.
fn hidden_for(page: &Page, ms: u32, meanwhile: &str) -> (Value, Value) {
    let seen = page.eval(&format!(
        "(async () => {{
             const here = async () => ({{ state: await raftarium.state(), hash: await raftarium.hash(), motion: motion() }});
             hide(true);
             const before = await here();
             await rest({ms});
             {meanwhile}
             return [before, await here()];
         }})()"
    ));
    (seen[0].clone(), seen[1].clone())
}

#[test]
fn a_hidden_tab_stands_still() {
    for speed in [0.04, 1.0] {
        visit_playing(speed, |page| {
            let (before, after) = hidden_for(page, 600, "");
            assert_eq!(before["state"]["playing"], true, "it pauses, but the person did not");
            assert!(before["state"]["messages"].as_array().is_some_and(|list| !list.is_empty()));
            let motion = before["motion"].as_array().expect("animations");
            assert!(!motion.is_empty());
            assert!(motion.iter().all(|moving| moving[0] != "running"), "{motion:?}");
            assert_eq!(before["motion"], after["motion"]);
            assert_eq!(before["hash"], after["hash"]);
            assert_eq!(before["state"], after["state"]);
        });
    }
}

/// Looks for a while how far simulated time has come, how long after `start`; ends once it goes on.
const LOOK: &str = "
    window.look = async start => {
        const looks = [];
        let gone = 0;
        while (looks.length < 30 || gone < 2) {
            const { time } = await raftarium.hash();
            gone += looks.length && time > looks.at(-1)[0];
            looks.push([time, performance.now() - start]);
            await rest(5);
        }
        return looks;
    };
    null";

/// Simulated time against real time since the return, both measured in the page: a slow machine has more of
/// both.
fn assert_no_burst(looks: &Value, from: &Value, speed: f64) {
    let from_us = from.as_f64().expect("a moment");
    for look in looks.as_array().expect("looks") {
        let gone_us = look[0].as_f64().expect("a moment") - from_us;
        let real_us = look[1].as_f64().expect("a moment") * 1_000.0;
        assert!(gone_us >= 0.0, "{gone_us} us");
        // Each look at the clock may round, and so does the browser's own clock.
        let most_us = (real_us + 200.0) * speed + 100.0;
        assert!(gone_us <= most_us, "speed {speed}: {gone_us} us in {real_us} us");
    }
}

#[test]
fn a_tab_that_is_seen_again_goes_on_without_a_burst() {
    for speed in [0.04, 1.0, 10.0] {
        visit_playing(speed, |page| {
            page.eval(LOOK);
            let (hidden, _) = hidden_for(page, 1_500, "");
            let seen = page.eval(
                "(async () => {
                     const start = performance.now();
                     hide(false);
                     const running = motion().filter(([state]) => state === 'running').length;
                     return { running, looks: await look(start) };
                 })()",
            );
            let from = &hidden["hash"]["time"];
            assert_eq!(&seen["looks"][0][0], from, "it goes on from where it was");
            assert_no_burst(&seen["looks"], from, speed);
            assert!(seen["running"].as_u64() > Some(0), "what was on its way goes on");
            assert_eq!(page.eval("raftarium.state()")["playing"], true);
        });
    }
}

/// The browser hides the page itself, with all that it does then.
#[test]
fn a_minimized_window_stands_still_and_goes_on_without_a_burst() {
    visit_playing(1.0, |page| {
        page.eval(LOOK);
        // The window hears it before the page does.
        page.eval(
            "window.turns = [];
             addEventListener('visibilitychange', async () => {
                 const turn = { hidden: document.hidden, looks: document.hidden ? [] : look(performance.now()) };
                 turns.push(turn);
                 turn.hash = await raftarium.hash();
             }, true);
             null",
        );
        set_window(page, WindowState::Minimized);
        page.wait_for("turns[0]?.hash", SOON);
        let hidden = page.eval("turns[0]");
        assert_eq!(hidden["hidden"], true);
        thread::sleep(Duration::from_secs(1));
        assert_eq!(page.eval("raftarium.hash()"), hidden["hash"]);
        assert_eq!(page.eval("raftarium.state()")["playing"], true);
        set_window(page, WindowState::Normal);
        page.wait_for("turns[1]?.hash", SOON);
        assert_eq!(page.eval("turns[1].hash"), hidden["hash"], "it goes on from where it was");
        assert_no_burst(&page.eval("turns[1].looks"), &hidden["hash"]["time"], 1.0);
        assert_eq!(page.eval("turns.length"), 2);
    });
}

fn set_window(page: &Page, state: WindowState) {
    let window_id = page.call(GetWindowForTarget { target_id: None }).window_id;
    let window_state = Some(state);
    let bounds = Bounds { left: None, top: None, width: None, height: None, window_state };
    page.call(SetWindowBounds { window_id, bounds });
}

/// What is on its way goes on from where it was seen last.
#[test]
fn a_message_on_its_way_waits_for_the_tab_to_be_seen() {
    visit_playing(0.04, |page| {
        let (before, _) = hidden_for(page, 1_000, "");
        let after = page.eval("(() => { const start = performance.now(); hide(false); return [motion(), performance.now() - start] })()");
        let real_ms = after[1].as_f64().expect("a time");
        let (before, after) = (before["motion"].as_array(), after[0].as_array());
        let (before, after) = (before.expect("animations"), after.expect("animations"));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(after) {
            let (Some(from), Some(to)) = (before[1].as_f64(), after[1].as_f64()) else { continue };
            assert!((to - from).abs() <= (real_ms + 50.0) * 0.04 + 0.1, "{from} {to} {real_ms}");
        }
    });
}

/// A page around this one may call while nobody looks: that lets no time pass either.
#[test]
fn calls_of_a_hidden_tab_are_done_at_the_moment_at_which_it_stands() {
    visit_playing(1.0, |page| {
        for (call, plays) in [
            ("exec('set x 1')", true),
            ("exec('status')", true),
            ("play()", true),
            ("speed(0.5)", true),
            ("pause()", false),
        ] {
            wait_for_motion(page);
            let (before, after) = hidden_for(page, 400, &format!("await raftarium.{call};"));
            assert_eq!(before["hash"]["time"], after["hash"]["time"], "{call}");
            assert_eq!(after["state"]["playing"], json!(plays), "{call}");
            let motion = after["motion"].as_array().expect("animations");
            assert!(motion.iter().all(|moving| moving[0] != "running"), "{call}: {motion:?}");
            page.eval("hide(false)");
            if plays {
                let went_on = format!("(await raftarium.state()).time > {}", after["hash"]["time"]);
                page.wait_for(&went_on, SOON);
            }
        }
    });
}

/// What moves by itself meanwhile comes back to the clock.
#[test]
fn what_moves_keeps_to_the_clock_when_the_page_was_slow() {
    visit(|page| {
        // Nothing ever arrives; candidates ask again and again.
        let script = "servers 3\nlatency 3s\nelection-timeout 100ms..200ms\n";
        page.eval(&format!("raftarium.load({})", Value::from(script)));
        page.eval("(async () => { await raftarium.speed(0.04); await raftarium.play() })()");
        let young = "document.getAnimations().find(a => a.playState === 'running' && \
                     a.effect.getTiming().duration === 3000 && a.currentTime < 1000)";
        page.wait_for(&format!("window.flight = {young}"), SOON);
        page.eval(
            "(async () => {
                 window.ahead = async () => flight.currentTime - (await raftarium.hash()).time / 1000;
                 window.before = await ahead();
                 const until = performance.now() + 3000;
                 while (performance.now() < until);
                 window.from = (await raftarium.hash()).time;
             })()",
        );
        // Far enough for some events, after which all is drawn.
        page.wait_for("(await raftarium.hash()).time > from + 100000", SOON);
        // Not having caught up, the clock is 110 ms behind one that did.
        page.wait_for("Math.abs(await ahead() - before) < 20", Duration::from_secs(10));
    });
}
