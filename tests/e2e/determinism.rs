//! Frame rate, speed and an adaptive pace never change what happens: at three speeds, one of them
//! also with the adaptive pace, and two frame rates a script goes through the same states at the
//! same moments as on the command line.

use raftarium::script::{Halt, Run, parse};
use raftarium::sim::Recorder;
use serde_json::{Value, json};
use std::thread;

use crate::harness::{Page, visit};

/// Elections, a crash, commands, losses and triggers. The runs are compared at its stops; the
/// moments of some stops depend on the run.
const SCRIPT: &str = "\
servers 5
seed 3
clients 2
loss 5%
duplicate 2%
disk 0ms..2ms
run 330ms
stop
load 60/s keys 3 writes 60%
run 150ms
stop
every 70ms set tick tock times 9
when no leader do set gone yes by c2
whenever leader do stop
at 560ms crash leader
at 777ms stop
at 800ms restart all
when time >= 900ms do cut s1 <-> s2,s3
at 1100ms latency 1ms..40ms
at 1200ms pause s2 for 100ms
at 1333ms stop
run 800ms
load off
run 220ms
stop
";

const END_US: u64 = 1_500_000;
/// The stops at moments when nothing else happens.
const LONELY_US: [u64; 2] = [777_000, 1_333_000];

/// Each speed, and whether the pace adapts.
const PACES: [(f64, bool); 4] = [(0.2, false), (1.0, false), (10.0, false), (1.0, true)];

/// The time between two frames, in the page's own clock.
const FAST_FRAME_MS: u32 = 16;
/// Longer than the real time that the page makes up for in one frame.
const SLOW_FRAME_MS: u32 = 300;

/// Gives the page a clock of its own that advances by `frame_ms` per frame, so that the frame rate
/// does not depend on the machine. Counts in `looks` how often simulated time has advanced.
fn replace_clock(frame_ms: u32) -> String {
    format!(
        "(() => {{
            const queue = new Map();
            const [clear, cancel] = [clearTimeout, cancelAnimationFrame].map(f => f.bind(window));
            let now = performance.now(), last = 0, id = 1e6;
            window.looks = 0;
            performance.now = () => now;
            const later = (callback, ms) => (queue.set(++id, {{ due: now + ms, callback }}), id);
            window.setTimeout = (callback, ms = 0, ...args) => later(() => callback(...args), ms);
            window.requestAnimationFrame = callback => later(() => callback(now), 0);
            window.clearTimeout = id => queue.delete(id) || clear(id);
            window.cancelAnimationFrame = id => queue.delete(id) || cancel(id);
            const frames = new MessageChannel();
            frames.port1.onmessage = async () => {{
                now += {frame_ms};
                const due = [...queue].filter(([, {{ due }}]) => due <= now);
                due.sort(([, a], [, b]) => a.due - b.due);
                for (const [id, {{ callback }}] of due) if (queue.delete(id)) callback();
                const {{ time }} = await raftarium.hash();
                if (time !== last) looks += 1;
                last = time;
                frames.port2.postMessage(null);
            }};
            frames.port2.postMessage(null);
        }})()"
    )
}

/// What the page shows at a stop.
#[derive(Clone, Debug, PartialEq)]
struct Stop {
    /// The moment and the world's hash.
    hash: Value,
    /// The panel's events with their reasons.
    events: Value,
    /// `raftarium.state()` without the speed.
    state: Value,
}

impl Stop {
    fn here(page: &Page) -> Stop {
        let text = page.eval(
            "(async () => {
                 const items = [...document.querySelectorAll('ol.events li')];
                 const events = items.map(item => item.textContent);
                 const { speed, ...state } = await raftarium.state();
                 return JSON.stringify([await raftarium.hash(), events, state]);
             })()",
        );
        let seen: [Value; 3] =
            serde_json::from_str(text.as_str().expect("a text")).expect("the page's own JSON");
        let [hash, events, state] = seen;
        assert_eq!(state["violations"], json!([]), "{state}");
        assert!(events.as_array().is_some_and(|events| events.len() > 5), "{events}");
        Stop { hash, events, state }
    }

    fn time_us(&self) -> u64 {
        self.hash["time"].as_u64().expect("a moment")
    }
}

/// Plays the script to its end. Returns all stops, and how often simulated time advanced.
fn play(page: &Page, (speed, adaptive): (f64, bool)) -> (Vec<Stop>, u64) {
    page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
    page.eval(&format!("raftarium.speed({speed})"));
    let button = "document.querySelector('[aria-label=\"Adaptive pace\"]')";
    if adaptive {
        page.eval(&format!("{button}.click()"));
    }
    page.wait_for_value(&format!("{button}.ariaPressed"), adaptive.to_string());
    page.eval("looks = 0");
    let mut stops: Vec<Stop> = Vec::new();
    while stops.last().is_none_or(|stop| stop.time_us() < END_US) {
        page.eval("raftarium.play()");
        page.wait_for("!(await raftarium.state()).playing");
        stops.push(Stop::here(page));
    }
    (stops, page.eval("looks").as_u64().expect("a number"))
}

/// Plays the script at all speeds and one frame rate.
fn play_at_all_speeds(frame_ms: u32) -> Vec<(Vec<Stop>, u64)> {
    let mut runs = Vec::new();
    visit(|page| {
        page.eval("raftarium.pause()");
        page.eval(&replace_clock(frame_ms));
        runs = PACES.map(|pace| play(page, pace)).to_vec();
        // A seek and a run that was never played lead to the same states.
        page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
        for stop in &runs[0].0 {
            if LONELY_US.contains(&stop.time_us()) {
                page.eval(&format!("raftarium.seek({})", stop.time_us()));
                assert_eq!(page.eval("raftarium.hash()"), stop.hash);
            }
        }
        page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
        assert_eq!(page.eval("raftarium.run()"), json!({ "ok": true, "errors": [] }));
        assert_eq!(page.eval("raftarium.hash()"), runs[0].0[runs[0].0.len() - 1].hash);
    });
    runs
}

/// The moment and the world's hash at every stop, on the command line.
fn native_stops() -> Vec<Value> {
    let mut runner = Run::new(parse(SCRIPT).expect("it parses"), &mut Recorder::off());
    let mut stops = Vec::new();
    while let Halt::Breakpoint { .. } = runner.run_until(END_US, &mut Recorder::off()) {
        let world = runner.world();
        stops.push(json!({ "time": world.now_us(), "hash": format!("{:016x}", world.hash()) }));
    }
    stops
}

#[test]
fn the_same_happens_at_every_speed_and_frame_rate() {
    let native = native_stops();
    let times_us: Vec<_> = native.iter().filter_map(|stop| stop["time"].as_u64()).collect();
    assert!(LONELY_US.iter().all(|lonely_us| times_us.contains(lonely_us)), "{times_us:?}");
    assert!(times_us.iter().any(|time_us| time_us % 1_000 != 0), "no leader after the first");
    let (fast, slow) = thread::scope(|scope| {
        let slow = scope.spawn(|| play_at_all_speeds(SLOW_FRAME_MS));
        (play_at_all_speeds(FAST_FRAME_MS), slow.join().expect("the slow page"))
    });
    let (first, _) = &fast[0];
    for (frames, runs) in [("fast", &fast), ("slow", &slow)] {
        for (pace, (stops, _)) in PACES.iter().zip(runs) {
            let run = format!("pace {pace:?}, frames {frames}");
            let hashes: Vec<_> = stops.iter().map(|stop| stop.hash.clone()).collect();
            assert_eq!(hashes, native, "{run}");
            for (stop, first) in stops.iter().zip(first) {
                assert_eq!(stop.events, first.events, "{run}, {}", stop.hash);
                assert_eq!(stop.state, first.state, "{run}, {}", stop.hash);
            }
        }
    }
    let (often, seldom) = (fast[0].1, slow[0].1);
    assert!(often > 2 * seldom, "advanced {often} and {seldom} times: the frame rates are alike");
}
