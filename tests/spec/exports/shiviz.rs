//! The vector clocks of ShiViz logs, against the order of events as a graph of the trace's causes.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use raftarium::export::{SHIVIZ_PARSER, shiviz};
use raftarium::raft::Address;
use raftarium::sim::{Act, Event, EventId, EventKind};
use regex::Regex;

use super::{VARIED, compare_with_file, events_of, golden_scripts, replay_of};

/// A line of the log.
struct Logged {
    time_us: u64,
    text: String,
    host: String,
    clock: BTreeMap<String, u64>,
}

impl fmt::Display for Logged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {} at {}, {:?}", self.text, self.host, self.time_us, self.clock)
    }
}

impl Logged {
    /// Whether it comes before the other by their clocks.
    fn is_before(&self, other: &Logged) -> bool {
        let known = |host: &String| other.clock.get(host).copied().unwrap_or(0);
        self.clock != other.clock && self.clock.iter().all(|(host, count)| *count <= known(host))
    }
}

/// Reads a log as ShiViz does: with the regular expression of the manual, and nothing may be left.
fn read(log: &str) -> Vec<Logged> {
    let parser = Regex::new(SHIVIZ_PARSER).expect("a regular expression");
    let mut read = Vec::new();
    let mut end = 0;
    for found in parser.captures_iter(log) {
        let whole = found.get(0).expect("a match");
        assert_eq!(log[end..whole.start()].trim(), "", "text between two events");
        end = whole.end();
        let seconds: f64 = found["time"].parse().expect("a time");
        read.push(Logged {
            time_us: (seconds * 1e6).round() as u64,
            text: found["event"].to_owned(),
            host: found["host"].to_owned(),
            clock: serde_json::from_str(&found["clock"]).expect("a clock is JSON"),
        });
    }
    assert_eq!(log[end..].trim(), "", "text after the last event");
    read
}

fn name_of(address: Address) -> String {
    format!("{address:#}")
}

/// The order of the lines, from the events' causes and messages: for each line those right before
/// it. Takes nothing from the clocks.
fn predecessors(lines: &[Logged], events: &[Event]) -> Vec<Vec<usize>> {
    let mut at: HashMap<(EventId, String), usize> = HashMap::new();
    let mut newest: HashMap<String, usize> = HashMap::new();
    let mut before = Vec::new();
    let mut rest = events.iter().peekable();
    for (place, line) in lines.iter().enumerate() {
        // The lines are in the order of the events; some events have several, some none.
        let has_line = |event: &Event| at.contains_key(&(event.id, line.host.clone()));
        while rest.peek().is_some_and(|event| !is_of(line, event) || has_line(event)) {
            rest.next();
        }
        let event = rest.peek().unwrap_or_else(|| panic!("no event for {}", line.text));
        let mut direct: Vec<usize> = newest.get(&line.host).copied().into_iter().collect();
        let mut after = |event: EventId, host: &str| {
            direct.extend(at.get(&(event, host.to_owned())).copied());
        };
        after(event.id, "Script");
        if let Some(cause) = event.cause {
            after(cause, "Script");
            let triggered = line.host == "Script";
            for host in ["S1", "S2", "S3", "C1", "C2"].iter().filter(|_| triggered) {
                after(cause, host);
            }
        }
        if let EventKind::Delivered(note) = &event.kind {
            let from = name_of(note.from);
            let details = event.details.as_ref().expect("details");
            let sent_us = details.message.as_ref().expect("a message").sent_us;
            let cause = event.cause.expect("a message has a cause");
            let is_sender = |place: &usize| lines[*place].time_us == sent_us;
            match at.get(&(cause, from.clone())).filter(|place| is_sender(place)) {
                Some(&sender) => direct.push(sender),
                None if is_injected(events, cause) => {}
                // It was held: its cause is the release. One line of the sender is of its moment.
                None => {
                    let senders = (0..place).filter(|p| lines[*p].host == from && is_sender(p));
                    let senders: Vec<usize> = senders.collect();
                    assert!(senders.len() < 2, "{} lines may have sent it", senders.len());
                    direct.extend(senders);
                }
            }
        }
        at.insert((event.id, line.host.clone()), place);
        newest.insert(line.host.clone(), place);
        before.push(direct);
    }
    before
}

fn is_injected(events: &[Event], cause: EventId) -> bool {
    let event = events.iter().find(|event| event.id == cause);
    event.is_some_and(|event| matches!(event.kind, EventKind::Acted(Act::Inject(_))))
}

/// Whether the line begins as the event does, at the same time.
fn is_of(line: &Logged, event: &Event) -> bool {
    let ends = !matches!(event.kind, EventKind::Stalled(_) | EventKind::Lost(..));
    ends && line.time_us == event.time_us && line.text.starts_with(&event.title())
}

fn check_clocks(script: &str) {
    let lines = read(&shiviz(replay_of(script)).expect("a log"));
    let events: Vec<Event> =
        events_of(replay_of(script)).into_iter().map(|(event, _)| event).collect();
    let predecessors = predecessors(&lines, &events);
    let count = lines.len();
    assert!(count > 100, "only {count} lines");
    // reach[b][a]: a path leads from a to b.
    let mut reach: Vec<Vec<bool>> = Vec::with_capacity(count);
    for (line, direct) in predecessors.iter().enumerate() {
        let mut reached = vec![false; count];
        for &before in direct {
            assert!(before < line);
            reached[before] = true;
            for (known, &is) in reached.iter_mut().zip(&reach[before]) {
                *known |= is;
            }
        }
        reach.push(reached);
    }
    let mut ordered = 0;
    for b in 0..count {
        for a in (0..count).filter(|a| *a != b) {
            let is_before = a < b && reach[b][a];
            ordered += usize::from(is_before);
            assert_eq!(lines[a].is_before(&lines[b]), is_before, "{} and {}", lines[a], lines[b]);
        }
    }
    assert!(ordered < count * (count - 1) / 2, "some events are concurrent");
}

#[test]
fn clocks_are_the_order_of_causes() {
    check_clocks(VARIED);
}

#[test]
fn clocks_hold_under_chaos() {
    check_clocks(
        "servers 5\nclients 2\nlatency 1ms..20ms\nloss 5%\nduplicate 5%\ndisk 0ms..9ms\n\
         pre-vote on\nevery 300ms crash leader\nevery 200ms restart all\n\
         every 270ms pause leader for 60ms\nload 40/s\nrun 900ms\n",
    );
}

#[test]
fn each_host_counts_its_own_events_from_1_on() {
    let lines = read(&shiviz(replay_of(VARIED)).expect("a log"));
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for line in &lines {
        let count = counts.entry(&line.host).or_default();
        *count += 1;
        assert_eq!(line.clock[&line.host], *count, "{}", line.text);
    }
    let hosts: Vec<&str> = counts.into_keys().collect();
    assert_eq!(hosts, ["C1", "C2", "S1", "S2", "S3", "Script"]);
}

#[test]
fn a_span_counts_from_its_own_beginning() {
    let mut replay = replay_of(VARIED);
    (replay.span.from_us, replay.span.to_us) = (400_000, 700_000);
    let lines = read(&shiviz(replay).expect("a log"));
    let whole = read(&shiviz(replay_of(VARIED)).expect("a log"));
    let inside: Vec<&Logged> =
        whole.iter().filter(|line| (400_000..=700_000).contains(&line.time_us)).collect();
    assert_eq!(lines.len(), inside.len());
    for (b, whole_b) in inside.iter().enumerate() {
        assert_eq!(lines[b].text, whole_b.text);
        for (a, whole_a) in inside.iter().enumerate() {
            assert_eq!(lines[a].is_before(&lines[b]), whole_a.is_before(whole_b));
        }
    }
}

#[test]
fn logs_stay_as_they_are() {
    for (name, script) in golden_scripts() {
        compare_with_file(&format!("{name}.log"), &shiviz(replay_of(&script)).expect("a log"));
    }
}
