//! Random schedules do no harm while all rules are on, and some when a rule is off.

use std::collections::BTreeSet;
use std::thread;

use raftarium::lab::{Preserve, Recording, Schedule, ScheduleReport, Symptom, shrink};
use raftarium::raft::Rule;
use raftarium::sim::{Act, Setting, Setup};

/// How many sound schedules run with all rules on, and how many of them must change settings.
const SOUND: u64 = 13_000;
const CHANGING_MIN: usize = 5_000;
/// How many wild schedules run.
const WILD: u64 = 5_000;
/// The most schedules that may be needed to find the harm of a rule.
const SEARCHED_MAX: u64 = 2_000;

/// What a test needs to know of a schedule that ran.
struct Judged {
    fault: Option<String>,
    events: u64,
    answered: usize,
    changes_settings: bool,
    violates: bool,
    excused: bool,
}

fn judged(seed: u64, schedule: &Schedule) -> Judged {
    let report = schedule.run();
    let excuses = schedule.excuses();
    let is_change = |act: &Act| matches!(act, Act::Set(_));
    Judged {
        fault: fault(&report, excuses.damage).map(|fault| format!("seed {seed} {fault}")),
        events: report.events,
        answered: report.answered,
        changes_settings: schedule.acts.iter().any(|(_, act)| is_change(act)),
        violates: !report.violations.is_empty(),
        excused: !excuses.is_empty(),
    }
}

fn fault(report: &ScheduleReport, damaged: bool) -> Option<String> {
    if let Some(harm) = &report.harm {
        Some(format!("{harm}: {}", harm.text))
    } else if report.abandoned {
        Some("has too many events".to_owned())
    } else if report.undecided {
        Some("has a history that could not be judged".to_owned())
    } else if !report.judged {
        Some("could not be made whole".to_owned())
    } else if !report.recovered && !damaged {
        Some("ends without agreement".to_owned())
    } else {
        None
    }
}

/// Runs the schedules of these seeds on two threads, and checks that none has a fault.
fn all_judged(seeds: u64, draw: fn(u64) -> Schedule) -> Vec<Judged> {
    let halves = [0, 1].map(|half| {
        thread::spawn(move || {
            let seeds = (1..=seeds).filter(|seed| seed % 2 == half);
            seeds.map(|seed| judged(seed, &draw(seed))).collect::<Vec<_>>()
        })
    });
    let judged: Vec<Judged> =
        halves.into_iter().flat_map(|half| half.join().expect("no schedule panics")).collect();
    let faults: Vec<&String> = judged.iter().filter_map(|judged| judged.fault.as_ref()).collect();
    assert!(faults.is_empty(), "{} of {seeds}: {faults:#?}", faults.len());
    assert_eq!(judged.len() as u64, seeds);
    let events: u64 = judged.iter().map(|judged| judged.events).sum();
    let answered: usize = judged.iter().map(|judged| judged.answered).sum();
    println!("{seeds} schedules, {events} events, {answered} operations answered");
    assert!(answered as u64 > seeds * 5, "only {answered} operations were answered");
    judged
}

#[test]
fn no_harm_is_found_while_all_rules_are_on() {
    let judged = all_judged(SOUND, |seed| Schedule::new(seed, &[]));
    assert!(judged.iter().all(|judged| !judged.excused), "a sound schedule excuses nothing");
    let changing = judged.iter().filter(|judged| judged.changes_settings).count();
    assert!(changing >= CHANGING_MIN, "only {changing} schedules change settings");
}

/// Rules that are off for a while, wiped disks, stale reads, and clocks that drift under leases do
/// harm, but no other harm than they excuse, and no panic.
#[test]
fn wild_schedules_do_only_harm_that_they_excuse() {
    let judged = all_judged(WILD, Schedule::wild);
    let excused = judged.iter().filter(|judged| judged.excused).count();
    let violating = judged.iter().filter(|judged| judged.violates).count();
    println!("{excused} schedules have an excuse, {violating} violate a property");
    assert!(excused > 2_000, "only {excused} schedules have an excuse");
    assert!(violating > 200, "only {violating} schedules need it");
}

#[test]
fn harm_is_found_for_each_rule_that_is_off() {
    let halves = [0, 1].map(|half| {
        thread::spawn(move || {
            let rules = Rule::ALL.into_iter().skip(half).step_by(2);
            rules.map(|rule| (rule, first_harm(rule))).collect::<Vec<_>>()
        })
    });
    let found = halves.into_iter().flat_map(|half| half.join().expect("no schedule panics"));
    let mut missed = Vec::new();
    for (rule, harm) in found {
        match harm {
            Some((seed, text)) => println!("without {rule}: seed {seed} {text}"),
            None => missed.push(rule.name()),
        }
    }
    assert!(missed.is_empty(), "nothing found within {SEARCHED_MAX} schedules without {missed:?}");
}

fn first_harm(rule: Rule) -> Option<(u64, String)> {
    (1..=SEARCHED_MAX).find_map(|seed| {
        let harm = Schedule::new(seed, &[rule]).run().harm?;
        Some((seed, format!("{harm}: {}", harm.text)))
    })
}

/// The name of a live setting. A new setting must get its draw.
fn name(setting: &Setting) -> Option<&'static str> {
    Some(match setting {
        Setting::Servers(_) | Setting::Seed(_) | Setting::Clients(_) => return None,
        Setting::ElectionTimeout(None) => "election-timeout never",
        Setting::ElectionTimeout(Some(_)) => "election-timeout",
        Setting::Heartbeat(None) => "heartbeat never",
        Setting::Heartbeat(Some(_)) => "heartbeat",
        Setting::Latency(_) => "latency",
        Setting::Loss(_) => "loss",
        Setting::Duplicate(_) => "duplicate",
        Setting::Fifo(_) => "fifo",
        Setting::Disk(_) => "disk",
        Setting::DiskOf { own: Some(_), .. } => "disk on a server",
        Setting::DiskOf { own: None, .. } => "disk default on a server",
        Setting::ClientTimeout(None) => "client-timeout never",
        Setting::ClientTimeout(Some(_)) => "client-timeout",
        Setting::Retry(_) => "retry",
        Setting::Routing(_) => "routing",
        Setting::Reads(_) => "reads",
        Setting::PreVote(_) => "pre-vote",
        Setting::CheckQuorum(_) => "check-quorum",
        Setting::CatchUp(_) => "catch-up",
        Setting::SnapshotEvery(_) => "snapshot-every",
        Setting::MaxEntries(_) => "max-entries",
        Setting::MaxInflight(_) => "max-inflight",
        Setting::Rule { server: None, .. } => "rule",
        Setting::Rule { server: Some(_), .. } => "rule on a server",
        Setting::Preset(_) => "preset",
    })
}

const LIVE_SETTINGS: usize = 25;

#[test]
fn every_live_setting_changes_while_clusters_run() {
    let mut changed = BTreeSet::new();
    for seed in 1..=400 {
        for schedule in [Schedule::new(seed, &[]), Schedule::wild(seed)] {
            changed.extend(schedule.acts.iter().filter_map(|(_, act)| match act {
                Act::Set(setting) => name(setting),
                _ => None,
            }));
        }
    }
    assert_eq!(changed.len(), LIVE_SETTINGS, "{changed:?}");
}

/// What a fault does to a single message, link or disk.
fn single_fault(act: &Act) -> Option<String> {
    match act {
        Act::Message(act, name) => Some(format!("{} {}", act.verb(), name.state.name())),
        Act::Link { .. } => Some("link".to_owned()),
        Act::Set(Setting::DiskOf { .. }) => Some("disk".to_owned()),
        _ => None,
    }
}

#[test]
fn single_messages_links_and_disks_get_every_fault() {
    let mut done = BTreeSet::new();
    for seed in 1..=120 {
        Schedule::new(seed, &[]).run_observed(&mut |world, act| {
            // Only what changes something counts: there may be no such message.
            if world.named(act).is_ok_and(|named| named.is_some()) {
                done.extend(single_fault(act));
            }
        });
    }
    let all = [
        "delay in-flight",
        "discard held",
        "disk",
        "drop in-flight",
        "duplicate in-flight",
        "hold in-flight",
        "link",
        "release held",
        "release in-flight",
        "resend delivered",
        "resend lost",
    ];
    assert!(done.iter().eq(all.iter()), "{done:?}");
}

/// Nobody leads while most servers are down, or while nobody may campaign: that is no harm.
#[test]
fn no_verdict_on_liveness_without_the_conditions_of_progress() {
    for head in [
        "servers 3\nat 500ms crash s1,s2\n",
        "servers 3\nat 500ms pause s1,s2\n",
        "servers 3\nat 500ms partition s1 | s2 | s3\n",
        "servers 3\nelection-timeout never\nat 500ms crash s1\nat 501ms restart s1\n",
        "servers 3\nloss 100%\n",
        "servers 3\nlatency 200ms\n",
        "servers 3\nelection-timeout 150ms\nat 500ms crash all\nat 501ms restart all\n",
        "servers 3\nat 500ms skew s1 0.1\nat 600ms drop all request-vote\n",
    ] {
        let script = raftarium::script::parse(head).expect("a script");
        let setup: Setup = script.setup();
        let acts = script.statements().filter_map(|(_, statement)| match statement {
            raftarium::script::Statement::At {
                time_us,
                action: raftarium::script::ScheduledAction::Act(act),
                ..
            } => Some((*time_us, act.clone())),
            _ => None,
        });
        let recording = Recording {
            setup,
            acts: acts.collect(),
            until_us: 10_000_000,
            symptom: Symptom::NoLeader,
            in_steps: false,
        };
        let shrunk = shrink(recording.clone(), &Preserve::Cluster);
        assert_eq!(shrunk.harm, None, "{head}");
        assert_eq!(shrunk.recording, recording, "{head}");
    }
}
