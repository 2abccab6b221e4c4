//! Searches for what a challenge says is impossible: random schedules of the acts that it allows,
//! from the moment at which the reader begins.
//!
//! A schedule is a walk of up to [`ACTS_MAX`] acts with random pauses between them. The goals are
//! looked at after every act and every event. `RAFTARIUM_SCHEDULES` sets another number of
//! schedules for each challenge than [`SCHEDULES`].

use raftarium::check::Cluster;
use raftarium::script::{Condition, GoalTerms, Run, Statement, parse_statement};
use raftarium::sim::{Act, Recorder};

use super::{Challenge, challenges};
use crate::dice::Dice;

/// How many schedules an impossible challenge must resist.
const SCHEDULES: u64 = 10_000;
const ACTS_MAX: u64 = 14;
/// The longest time between two acts, in microseconds, and after the last one.
const PAUSE_MAX_US: u64 = 70_000;
const REST_US: u64 = 250_000;
/// The same where timers fire by themselves: more may happen later.
const LONG_REST_US: u64 = 3_000_000;

fn schedules() -> u64 {
    let asked = std::env::var("RAFTARIUM_SCHEDULES").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(SCHEDULES)
}

/// The acts that begin with that word, for a cluster of that size.
fn acts(verb: &str, servers: usize, clients: usize) -> Vec<Act> {
    let ids = 1..=servers;
    let each = || ids.clone().map(|id| format!("s{id}"));
    let groups = || {
        let halves = 1_u32..(1 << servers) - 1;
        halves.map(|half| {
            let side = |within: bool| {
                let names = (0..servers).filter(|at| (half >> at & 1 == 1) == within);
                names.map(|at| format!("s{}", at + 1)).collect::<Vec<_>>().join(",")
            };
            (side(true), side(false))
        })
    };
    const KINDS: [&str; 6] = ["request-vote", "vote", "append", "append-reply", "request", "reply"];
    let by = |line: String| (1..=clients).map(move |client| format!("{line} by c{client}"));
    let values = || ["1", "2", "3"].iter();
    let lines: Vec<String> = match verb {
        "partition" => groups().map(|(a, b)| format!("partition {a} | {b}")).collect(),
        "cut" => {
            let ends = groups().flat_map(|(a, _)| groups().map(move |(b, _)| (a.clone(), b)));
            let apart = ends.filter(|(a, b)| a.split(',').all(|name| !b.contains(name)));
            apart
                .flat_map(|(a, b)| [format!("cut {a} -> {b}"), format!("cut {a} <-> {b}")])
                .collect()
        }
        "heal" | "release" => vec![verb.to_owned()],
        "drop" | "duplicate" | "hold" => {
            let to_all = KINDS.map(|kind| format!("{verb} {kind}"));
            let to_one = KINDS[..4]
                .iter()
                .flat_map(|kind| each().map(move |server| format!("{verb} {kind} to {server}")));
            to_all.into_iter().chain(to_one).collect()
        }
        "set" => each()
            .flat_map(|server| values().map(move |value| format!("set x {value} via {server}")))
            .flat_map(by)
            .collect(),
        "cas" => values()
            .flat_map(|value| ["0", "1", "2"].map(|old| format!("cas x {old} {value}")))
            .flat_map(by)
            .collect(),
        "get" => each().map(|server| format!("get x via {server}")).flat_map(by).collect(),
        _ => each().map(|server| format!("{verb} {server}")).collect(),
    };
    let act = |line: &String| match parse_statement(line, servers, clients) {
        Ok(Some(Statement::Act(act))) => act,
        other => panic!("`{line}` is no act: {other:?}"),
    };
    lines.iter().map(act).collect()
}

/// What the reader may do, with how often.
struct Toolbox {
    verbs: Vec<(Vec<Act>, u32)>,
}

impl Toolbox {
    fn of(run: &Run) -> Toolbox {
        let permissions = run.permissions();
        let (servers, clients) = (run.world().servers().len(), run.world().clients().len());
        let allowed = permissions.allowed.expect("an impossible challenge has a toolbox");
        let verbs = allowed.iter().map(|verb| {
            let budget = permissions.budgets.iter().find(|budget| budget.verb == *verb);
            (acts(verb, servers, clients), budget.map_or(u32::MAX, |budget| budget.count))
        });
        Toolbox { verbs: verbs.collect() }
    }

    /// An act for which a budget is left.
    fn draw<'a>(&'a self, left: &mut [u32], dice: &mut Dice) -> Option<&'a Act> {
        let usable: Vec<usize> = (0..left.len()).filter(|at| left[*at] > 0).collect();
        if usable.is_empty() {
            return None;
        }
        let at = dice.one_of(&usable);
        left[at] -= 1;
        let acts = &self.verbs[at].0;
        acts.get(dice.below(acts.len() as u64) as usize)
    }
}

/// Goes on for that long. Whether the goals held at any event.
fn advance(cluster: &mut Cluster, for_us: u64, is_reached: &impl Fn(&Cluster) -> bool) -> bool {
    let until_us = cluster.world().now_us() + for_us;
    while cluster.world().next_event_us().is_some_and(|due_us| due_us <= until_us) {
        cluster.step(&mut Recorder::off());
        if is_reached(cluster) {
            return true;
        }
    }
    cluster.advance_clock(until_us);
    false
}

/// The first schedule that reaches the goals, as text; and how many acts were done in all.
fn search(challenge: &Challenge, schedules: u64) -> (Option<String>, u64) {
    let mut run = Run::new(challenge.script.clone(), &mut Recorder::off());
    run.finish(&mut Recorder::off());
    let goals = run.goals().filter_map(|goal| match goal.condition {
        GoalTerms::Condition(condition) => Some(condition.clone()),
        GoalTerms::Score(_) => None,
    });
    let goals: Vec<Condition> = goals.collect();
    assert!(!goals.is_empty(), "{} has no goal", challenge.name);
    let is_reached = |cluster: &Cluster| goals.iter().all(|goal| goal.holds(cluster));
    let toolbox = Toolbox::of(&run);
    let has_timers = run.world().settings().election_timeout.is_some();
    let rest_us = if has_timers { LONG_REST_US } else { REST_US };
    let mut done = 0;
    for seed in 1..=schedules {
        let mut dice = Dice::new(seed);
        let mut cluster = run.cluster().clone();
        let mut left: Vec<u32> = toolbox.verbs.iter().map(|(_, budget)| *budget).collect();
        let mut lines = Vec::new();
        for _ in 0..1 + dice.below(ACTS_MAX) {
            let Some(act) = toolbox.draw(&mut left, &mut dice) else { break };
            // An act that is not possible at this moment is one that a reader cannot do either.
            if cluster.act(act, None, &mut Recorder::off()).is_ok() {
                done += 1;
                lines.push(format!("at {}us {act:?}", cluster.world().now_us()));
            }
            let pause_us = if dice.below(4) == 0 { 0 } else { dice.below(PAUSE_MAX_US) };
            if is_reached(&cluster) || advance(&mut cluster, pause_us, &is_reached) {
                return (Some(format!("seed {seed}: {lines:#?}")), done);
            }
        }
        if advance(&mut cluster, rest_us, &is_reached) {
            return (Some(format!("seed {seed}: {lines:#?}")), done);
        }
    }
    (None, done)
}

#[test]
fn what_is_called_impossible_resists_the_search() {
    let schedules = schedules();
    let found: Vec<String> = std::thread::scope(|scope| {
        let impossible: Vec<Challenge> =
            challenges().into_iter().filter(Challenge::is_impossible).collect();
        assert!(impossible.len() >= 5);
        let searches: Vec<_> = impossible
            .into_iter()
            .map(|challenge| {
                scope.spawn(move || {
                    let (found, done) = search(&challenge, schedules);
                    assert!(done >= schedules, "{}: only {done} acts", challenge.name);
                    found.map(|schedule| format!("{}: {schedule}", challenge.name))
                })
            })
            .collect();
        searches.into_iter().filter_map(|search| search.join().expect("it ends")).collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The same search does find a way where there is one: it is no test that cannot fail.
#[test]
fn the_search_finds_what_is_possible() {
    for name in ["stale-read", "two-leaders"] {
        let challenges = challenges();
        let challenge = challenges.iter().find(|it| it.name == name).expect(name);
        let (found, _) = search(challenge, 10_000);
        assert!(found.is_some(), "{name} resists");
    }
}
