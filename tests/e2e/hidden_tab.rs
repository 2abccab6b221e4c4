//! A hidden tab pauses and resumes from there, without a burst, with its animations where they
//! were. So does a page that was busy for a while.

use std::thread;
use std::time::Duration;

use headless_chrome::protocol::cdp::Browser::{
    Bounds, GetWindowForTarget, SetWindowBounds, WindowState,
};
use serde_json::{Value, json};

use crate::harness::{Page, visit};

/// Slow messages: at the opening pace, one is on its way for seconds.
const SCRIPT: &str = "servers 3\nseed 2\nlatency 100ms..150ms\nelection-timeout 400ms..800ms\n\
                      heartbeat 60ms\nload 20/s\nwait leader\n";

/// Does what the browser does when a person leaves the tab and returns. The browser would also stop
/// frames and delay timers; the page must not need that.
const HIDE: &str = "
    window.hide = hidden => {
        Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
        const state = hidden ? 'hidden' : 'visible';
        const visibility = { get: () => state, configurable: true };
        Object.defineProperty(document, 'visibilityState', visibility);
        document.dispatchEvent(new Event('visibilitychange'));
    };
    // What moves on the stage. The diagram is drawn again when the tab comes back.
    window.motion = () => document.getAnimations()
        .filter(({ effect }) => effect.target.closest('.stage'))
        .map(a => [a.playState, a.currentTime]);
    window.rest = ms => new Promise(done => setTimeout(done, ms));
    window.moves = async () => {
        const { time, messages } = await raftarium.state();
        return time > 1000000 && messages.length && motion().some(([state]) => state === 'running');
    };
    null";

/// Opens the page and plays until a message moves on the stage.
fn visit_playing(speed: f64, test: impl FnOnce(&Page)) {
    visit(|page| {
        page.eval(HIDE);
        page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
        page.eval("raftarium.seek(1000000)");
        page.eval(&format!("raftarium.speed({speed})"));
        page.eval("raftarium.play()");
        page.wait_for("await moves()");
        test(page);
    });
}

/// Hides the tab at a moment when a message moves. Returns the state when hidden and `ms` later.
fn hide_for(page: &Page, ms: u32, meanwhile: &str) -> (Value, Value) {
    let seen = page.eval(&format!(
        "(async () => {{
             const here = async () => ({{
                 state: await raftarium.state(),
                 hash: await raftarium.hash(),
                 motion: motion(),
             }});
             while (!await moves()) await rest(1);
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
            let (before, after) = hide_for(page, 600, "");
            assert_eq!(before["state"]["playing"], true, "the page pauses, but the person did not");
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

/// Samples simulated time against the real time since `start`, until simulated time has advanced.
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

/// Both times are measured in the page, and a slow machine has more of both.
fn assert_no_burst(looks: &Value, from: &Value, speed: f64) {
    let from_us = from.as_f64().expect("a moment");
    for look in looks.as_array().expect("looks") {
        let gone_us = look[0].as_f64().expect("a moment") - from_us;
        let real_us = look[1].as_f64().expect("a moment") * 1_000.0;
        assert!(gone_us >= 0.0, "{gone_us} us");
        // The page and the browser round their clocks.
        let most_us = (real_us + 200.0) * speed + 100.0;
        assert!(gone_us <= most_us, "speed {speed}: {gone_us} us in {real_us} us");
    }
}

#[test]
fn a_tab_that_is_shown_again_resumes_without_a_burst() {
    for speed in [0.04, 1.0, 10.0] {
        visit_playing(speed, |page| {
            page.eval(LOOK);
            let (hidden, _) = hide_for(page, 1_500, "");
            let seen = page.eval(
                "(async () => {
                     const start = performance.now();
                     hide(false);
                     const running = motion().filter(([state]) => state === 'running').length;
                     return { running, looks: await look(start) };
                 })()",
            );
            let from = &hidden["hash"]["time"];
            assert_eq!(&seen["looks"][0][0], from, "it resumes from where it was");
            assert_no_burst(&seen["looks"], from, speed);
            assert!(seen["running"].as_u64() > Some(0), "the animations resume");
            assert_eq!(page.eval("raftarium.state()")["playing"], true);
        });
    }
}

/// Here the browser hides the page itself.
#[test]
fn a_minimized_window_stands_still_and_resumes_without_a_burst() {
    visit_playing(1.0, |page| {
        page.eval(LOOK);
        // The window gets the event before the page does.
        page.eval(
            "window.turns = [];
             addEventListener('visibilitychange', async () => {
                 const { hidden } = document;
                 const turn = { hidden, looks: hidden ? [] : look(performance.now()) };
                 turns.push(turn);
                 turn.hash = await raftarium.hash();
             }, true);
             null",
        );
        set_window(page, WindowState::Minimized);
        page.wait_for("turns[0]?.hash");
        let hidden = page.eval("turns[0]");
        assert_eq!(hidden["hidden"], true);
        thread::sleep(Duration::from_secs(1));
        assert_eq!(page.eval("raftarium.hash()"), hidden["hash"]);
        assert_eq!(page.eval("raftarium.state()")["playing"], true);
        set_window(page, WindowState::Normal);
        page.wait_for("turns[1]?.hash");
        assert_eq!(page.eval("turns[1].hash"), hidden["hash"], "it resumes from where it was");
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

#[test]
fn a_message_in_flight_resumes_from_where_it_was() {
    visit_playing(0.04, |page| {
        let (before, _) = hide_for(page, 1_000, "");
        let after = page.eval(
            "(() => {
                 const start = performance.now();
                 hide(false);
                 return [motion(), performance.now() - start];
             })()",
        );
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

/// A host page may call a hidden page. That lets no time pass either.
#[test]
fn calls_to_a_hidden_tab_act_at_the_paused_moment() {
    visit_playing(1.0, |page| {
        for (call, plays) in [
            ("exec('set x 1')", true),
            ("exec('status')", true),
            ("play()", true),
            ("speed(0.5)", true),
            ("pause()", false),
        ] {
            let (before, after) = hide_for(page, 400, &format!("await raftarium.{call};"));
            assert_eq!(before["hash"]["time"], after["hash"]["time"], "{call}");
            assert_eq!(after["state"]["playing"], json!(plays), "{call}");
            let motion = after["motion"].as_array().expect("animations");
            assert!(motion.iter().all(|moving| moving[0] != "running"), "{call}: {motion:?}");
            page.eval("hide(false)");
            if plays {
                let went_on = format!("(await raftarium.state()).time > {}", after["hash"]["time"]);
                page.wait_for(&went_on);
            }
        }
    });
}

/// Animations run on during the page's pause and must return to the clock.
#[test]
fn animations_return_to_the_clock_after_the_page_was_busy() {
    visit(|page| {
        // No message arrives for 3 s, and candidates keep asking.
        let script = "servers 3\nlatency 3s\nelection-timeout 100ms..200ms\n";
        page.eval(&format!("raftarium.load({})", Value::from(script)));
        page.eval("(async () => { await raftarium.speed(0.04); await raftarium.play() })()");
        let young = "document.getAnimations().find(a => a.playState === 'running' && \
                     a.effect.getTiming().duration === 3000 && a.currentTime < 1000)";
        page.wait_for(&format!("window.flight = {young}"));
        page.eval(
            "(async () => {
                 const nowMs = async () => (await raftarium.hash()).time / 1000;
                 window.ahead = async () => flight.currentTime - await nowMs();
                 window.before = await ahead();
                 const until = performance.now() + 3000;
                 while (performance.now() < until);
                 window.from = (await raftarium.hash()).time;
             })()",
        );
        // Far enough for some events, and everything is drawn after an event.
        page.wait_for("(await raftarium.hash()).time > from + 100000");
        // Without the correction the difference is 110 ms.
        page.wait_for("Math.abs(await ahead() - before) < 20");
    });
}
