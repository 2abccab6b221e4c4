//! A hidden tab pauses, and goes on from there: without a burst, with what moves where it was.

use std::time::Duration;

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
        page.wait_for("(await raftarium.state()).time > 1000000", SOON);
        page.wait_for(
            "(await raftarium.state()).messages.length && motion().some(([state]) => state === 'running')",
            SOON,
        );
        test(page);
    });
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

/// Simulated time against real time since the return, both measured in the page: a slow machine has more of
/// both.
#[test]
fn a_tab_that_is_seen_again_goes_on_without_a_burst() {
    for speed in [0.04, 1.0, 10.0] {
        visit_playing(speed, |page| {
            let (hidden, _) = hidden_for(page, 1_500, "");
            let seen = page.eval(
                "(async () => {
                     const looks = [], start = performance.now();
                     hide(false);
                     const running = motion().filter(([state]) => state === 'running').length;
                     let gone = 0;
                     while (looks.length < 30 || gone < 2) {
                         const { time } = await raftarium.hash();
                         gone += looks.length && time > looks.at(-1)[0];
                         looks.push([time, performance.now() - start]);
                         await rest(5);
                     }
                     return { looks, running };
                 })()",
            );
            let from_us = hidden["hash"]["time"].as_f64().expect("a moment");
            let looks = seen["looks"].as_array().expect("looks");
            assert_eq!(looks[0][0].as_f64(), Some(from_us), "it goes on from where it was");
            for look in looks {
                let gone_us = look[0].as_f64().expect("a moment") - from_us;
                let real_us = look[1].as_f64().expect("a moment") * 1_000.0;
                // Each look at the clock may round, and so does the browser's own clock.
                assert!(
                    gone_us <= (real_us + 200.0) * speed + 100.0,
                    "{speed}: {gone_us} {real_us}"
                );
            }
            assert!(seen["running"].as_u64() > Some(0), "what was on its way goes on");
            assert_eq!(page.eval("raftarium.state()")["playing"], true);
        });
    }
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
    for (call, plays) in [
        ("exec('set x 1')", true),
        ("exec('status')", true),
        ("speed(5)", true),
        ("play()", true),
        ("pause()", false),
    ] {
        visit_playing(1.0, |page| {
            let (before, after) = hidden_for(page, 400, &format!("await raftarium.{call};"));
            assert_eq!(before["hash"]["time"], after["hash"]["time"], "{call}");
            assert_eq!(after["state"]["playing"], json!(plays), "{call}");
            let motion = after["motion"].as_array().expect("animations");
            assert!(motion.iter().all(|moving| moving[0] != "running"), "{call}: {motion:?}");
            page.eval("hide(false)");
            if plays {
                page.wait_for(
                    &format!("(await raftarium.state()).time > {}", after["hash"]["time"]),
                    SOON,
                );
            }
        });
    }
}
