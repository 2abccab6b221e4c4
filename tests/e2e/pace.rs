//! Frame rate and speed never change what happens: a script is played at three speeds and two frame
//! rates, and every run comes through the same states at the same moments as the command line's.

use std::thread;
use std::time::Duration;

use raftarium::script::{Halt, Runner, parse};
use raftarium::sim::Recorder;
use serde_json::{Value, json};

use crate::harness::{Page, visit};

/// Elections, a crash, commands, losses and triggers. The stops between them are where the runs are compared;
/// some stand at moments that only the run itself tells.
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

/// Where the script ends.
const END_US: u64 = 1_500_000;
/// The stops at moments of their own, with nothing else in them.
const LONELY_US: [u64; 2] = [777_000, 1_333_000];

/// The slowest first: there a frame is the smallest part of the run.
const SPEEDS: [f64; 3] = [0.2, 1.0, 10.0];

/// Some three frames a second: longer apart than the real time that one look makes up for.
const SLOW_FRAME_MS: u32 = 300;

/// As long as a machine with other things to do may take from one stop to the next.
const LONG: Duration = Duration::from_secs(120);

/// Counts how often the run is moved on. Where frames are slow, the page is called back only when one is due.
fn count_looks(frame_ms: u32) -> String {
    format!(
        "(() => {{
            const [frame, timeout] = [requestAnimationFrame, setTimeout].map(f => f.bind(window));
            let last = 0;
            window.looks = 0;
            const counted = callback => async (...args) => {{
                callback(...args);
                const {{ time }} = await raftarium.hash();
                if (time !== last) looks += 1;
                last = time;
            }};
            if ({frame_ms} === 0) {{
                window.requestAnimationFrame = callback => frame(counted(callback));
                window.setTimeout = (callback, ...rest) => timeout(counted(callback), ...rest);
                return;
            }}
            window.setTimeout = (callback, ms = 0, ...args) => {{
                const now = performance.now();
                const due = Math.ceil((now + Math.max(ms, 1)) / {frame_ms}) * {frame_ms};
                return timeout(counted(callback), due - now, ...args);
            }};
            window.requestAnimationFrame = callback => setTimeout(() => callback(performance.now()));
            window.cancelAnimationFrame = clearTimeout;
        }})()"
    )
}

/// What is so at a stop.
#[derive(Clone, Debug, PartialEq)]
struct Stop {
    /// The moment and the world's hash.
    hash: Value,
    /// The panel's events: what happened, when and why.
    events: Value,
    /// The state as others read it, but for the speed.
    state: Value,
}

impl Stop {
    fn here(page: &Page) -> Stop {
        let text = page.eval(
            "(async () => {
                 const events = [...document.querySelectorAll('ol.events li')].map(e => e.textContent);
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

/// Plays the script to its end; all stops, and how often the run was moved on.
fn play(page: &Page, speed: f64) -> (Vec<Stop>, u64) {
    page.eval(&format!("raftarium.load({})", Value::from(SCRIPT)));
    page.eval(&format!("raftarium.speed({speed})"));
    page.eval("looks = 0");
    let mut stops: Vec<Stop> = Vec::new();
    while stops.last().is_none_or(|stop| stop.time_us() < END_US) {
        page.eval("raftarium.play()");
        page.wait_for("!(await raftarium.state()).playing", LONG);
        stops.push(Stop::here(page));
    }
    (stops, page.eval("looks").as_u64().expect("a number"))
}

/// Plays it at all speeds, at one frame rate.
fn play_at_all_speeds(frame_ms: u32) -> Vec<(Vec<Stop>, u64)> {
    let mut runs = Vec::new();
    visit(|page| {
        page.eval("raftarium.pause()");
        page.eval(&count_looks(frame_ms));
        runs = SPEEDS.map(|speed| play(page, speed)).to_vec();
        // Nor does it matter that it was played at all.
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

/// The moment and the world's hash at every stop, without any page.
fn native_stops() -> Vec<Value> {
    let mut runner = Runner::new(parse(SCRIPT).expect("it parses"), &mut Recorder::off());
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
        (play_at_all_speeds(0), slow.join().expect("the slow page"))
    });
    let (first, _) = &fast[0];
    for (frames, runs) in [("as they come", &fast), ("slow", &slow)] {
        for (speed, (stops, _)) in SPEEDS.iter().zip(runs) {
            let run = format!("speed {speed}, frames {frames}");
            let hashes: Vec<_> = stops.iter().map(|stop| stop.hash.clone()).collect();
            assert_eq!(hashes, native, "{run}");
            for (stop, first) in stops.iter().zip(first) {
                assert_eq!(stop.events, first.events, "{run}, {}", stop.hash);
                assert_eq!(stop.state, first.state, "{run}, {}", stop.hash);
            }
        }
    }
    let (often, seldom) = (fast[0].1, slow[0].1);
    assert!(often > 2 * seldom, "moved on {often} times, and {seldom}: no other frame rate");
}
