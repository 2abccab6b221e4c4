//! Figure 16 of the paper (figure 9.9 of the dissertation): how long a cluster is without a leader
//! after its leader crashes.
//!
//! Five servers; the heartbeat interval is half of the shortest election timeout; the leader
//! crashes at a moment that is uniformly random between two heartbeats. The logs of the other four
//! differ in length, so two of them cannot win. A trial measures from the crash until all live
//! servers have heard of the new leader.
//!
//! The leader is a real one: it sends its heartbeats, and the followers reject their entries, since
//! their logs lack the entry before. Their replies are dropped, so the leader never finds out what
//! is missing, and the logs stay different.
//!
//! The delays are fitted to the published curves. The round trip of 15 ms that the text names makes
//! all of them too slow. A voter writes its vote before it replies; a candidate's write of its own
//! vote takes no time, as if it were written while the requests travel. (Before them, as on a slow
//! disk of the page, it makes the ranges with little spread up to 60 % too slow.)
//!
//! The range without any spread has a delay of timers of its own: what separates its candidates is
//! only how late their timers fire, a little more in each round. Timers up to 1.36 ms late elect a
//! leader within 2 s, not 41 s.

use crate::raft::{HashedIfSet, Kind, Role, ServerId};
use crate::sim::{
    Act, Changes, Count, Filter, Given, Interception, MS, Micros, SECOND, Servers, Settings, Setup,
    Span, World,
};

use super::chance::TrialChance;
use super::distribution::PublishedCurve;

/// The one-way latency of a message.
const LATENCY: Span = Span { from_us: 2_180, to_us: 3_470 };
/// The time in which a vote becomes stable: the middle of the fitted .51 to .61 ms.
const VOTE_WRITE_US: Micros = 560;
/// How late timers fire.
const TIMER_DELAY: Span = Span { from_us: 0, to_us: 1_360 };
/// The same for a range without any spread.
const TIMER_DELAY_WITHOUT_SPREAD: Span = Span { from_us: 0, to_us: 240 };
/// The lengths of the five logs. A majority has logs no longer than the third longest, so with the
/// longest server gone, only the owners of the next two can win.
const LOG_LENGTHS: [usize; 5] = [5, 1, 2, 3, 4];
/// A trial that has no leader by then has none. The longest of the published trials took 528 s.
const LIMIT_US: Micros = 3_600 * SECOND;
/// How many events the first election may take.
const FIRST_ELECTION_EVENTS: u32 = 10_000;

/// One range of election timeouts with its curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedRange {
    /// In milliseconds, both ends included.
    pub timeout_ms: (u64, u64),
    pub curve: PublishedCurve,
    /// How many trials there were.
    pub trials: u32,
}

impl PublishedRange {
    const fn new(timeout_ms: (u64, u64), trials: u32, quantiles: [f64; 8], mean: f64) -> Self {
        PublishedRange { timeout_ms, trials, curve: PublishedCurve { quantiles, mean } }
    }

    pub fn timeout(&self) -> Span {
        Span::new(self.timeout_ms.0 * MS, self.timeout_ms.1 * MS)
    }
}

/// The ten ranges of the figure, with what was read off its curves.
pub const PUBLISHED_RANGES: [PublishedRange; 10] = [
    PublishedRange::new(
        (150, 150),
        100,
        [9865.0, 19969.0, 28492.0, 41104.0, 60664.0, 84933.0, 527964.0, 527964.0],
        54552.0,
    ),
    PublishedRange::new(
        (150, 151),
        1000,
        [86.0, 434.0, 737.0, 1199.0, 1944.0, 3132.0, 6013.0, 8231.0],
        1536.0,
    ),
    PublishedRange::new(
        (150, 155),
        1000,
        [85.0, 119.0, 154.0, 287.0, 435.0, 609.0, 1242.0, 2143.0],
        345.0,
    ),
    PublishedRange::new(
        (150, 175),
        1000,
        [84.0, 107.0, 121.0, 141.0, 164.0, 291.0, 467.0, 610.0],
        164.0,
    ),
    PublishedRange::new(
        (150, 200),
        1000,
        [87.0, 111.0, 125.0, 147.0, 167.0, 194.0, 352.0, 512.0],
        156.0,
    ),
    PublishedRange::new(
        (150, 300),
        1000,
        [93.0, 125.0, 144.0, 171.0, 208.0, 244.0, 415.0, 603.0],
        181.0,
    ),
    PublishedRange::new(
        (100, 200),
        1000,
        [66.0, 85.0, 100.0, 120.0, 145.0, 166.0, 277.0, 335.0],
        125.0,
    ),
    PublishedRange::new((50, 100), 1000, [37.0, 48.0, 56.0, 67.0, 80.0, 96.0, 169.0, 253.0], 71.0),
    PublishedRange::new((25, 50), 1000, [24.0, 31.0, 35.0, 43.0, 53.0, 74.0, 119.0, 276.0], 48.0),
    PublishedRange::new((12, 24), 1000, [15.0, 20.0, 24.0, 30.0, 42.0, 53.0, 87.0, 152.0], 35.0),
];

/// The published curve of a range, if the figure has it.
pub fn published(timeout: Span) -> Option<&'static PublishedRange> {
    PUBLISHED_RANGES.iter().find(|range| range.timeout() == timeout)
}

/// Runs one trial: the time without a leader, in microseconds.
///
/// # Errors
/// If there is no leader to crash, as with timeouts shorter than a round trip, or none after it.
pub(super) fn time_without_leader(timeout: Span, seed: u64) -> Result<Micros, &'static str> {
    let mut changes = Changes::new(false);
    let mut world = World::new(&setup(timeout, seed), &mut changes);
    let no_leader = "no leader is elected that could crash; a round trip takes up to 8 ms";
    for act in [
        intercept(Interception::Drop, Kind::AppendReply),
        intercept(Interception::Delay(VOTE_WRITE_US), Kind::Vote),
        Act::Timeout(Servers::from(ServerId::from_slot(0))),
    ] {
        world.act(&act, None, &mut changes).map_err(|_| no_leader)?;
    }
    for _ in 0..FIRST_ELECTION_EVENTS {
        if agreed_leader(&world).is_some() {
            break;
        }
        world.step(&mut changes);
    }
    let leader = agreed_leader(&world).ok_or(no_leader)?;
    let crashed_us = run_to_crash(&mut world, leader, seed, &mut changes).ok_or(no_leader)?;
    world.act(&Act::Crash(leader.into()), None, &mut changes).map_err(|_| no_leader)?;
    while world.now_us() < crashed_us + LIMIT_US && world.step(&mut changes) {
        if agreed_leader(&world).is_some() {
            return Ok(world.now_us() - crashed_us);
        }
    }
    Err("no leader within an hour of the crash")
}

/// All messages of that kind.
fn intercept(interception: Interception, kind: Kind) -> Act {
    Act::Intercept(interception, Count::All, Filter { kind: Some(kind), ..Filter::default() })
}

fn setup(timeout: Span, seed: u64) -> Setup {
    let has_spread = timeout.from_us < timeout.to_us;
    let timer_delay = if has_spread { TIMER_DELAY } else { TIMER_DELAY_WITHOUT_SPREAD };
    let given = LOG_LENGTHS.iter().enumerate().map(|(slot, &length)| Given {
        server: ServerId::from_slot(slot),
        term: 1,
        vote: None,
        log: vec![1; length],
        commit: 0,
    });
    let settings = Settings {
        servers: LOG_LENGTHS.len(),
        seed,
        clients: 0,
        election_timeout: Some(timeout),
        heartbeat_us: Some((timeout.from_us / 2).max(1)),
        latency: LATENCY,
        timer_delay: HashedIfSet(Some(timer_delay)),
        ..Settings::default()
    };
    Setup { settings, given: given.collect(), ..Setup::default() }
}

/// The live leader that every live server follows.
fn agreed_leader(world: &World) -> Option<ServerId> {
    let mut alive = world.servers().iter().filter(|server| server.is_alive());
    let leader = alive.next()?.node().leader()?;
    let server = world.server(leader);
    let leads = server.is_alive() && server.node().role() == Role::Leader;
    (leads && alive.all(|server| server.node().leader() == Some(leader))).then_some(leader)
}

/// Lets two heartbeats pass, and goes on to a random moment before the next.
fn run_to_crash(
    world: &mut World,
    leader: ServerId,
    seed: u64,
    changes: &mut Changes,
) -> Option<Micros> {
    let timer = |world: &World| world.server(leader).heartbeat_timer();
    let mut beats = 0;
    while beats < 2 {
        let before_us = timer(world)?.set_us;
        world.step(changes);
        beats += u32::from(timer(world)?.set_us != before_us);
    }
    let interval = timer(world)?;
    let within_us = TrialChance::new(seed).below(interval.due_us - interval.set_us);
    let crash_us = interval.set_us + within_us;
    while world.step_within(crash_us, changes) {}
    world.advance_clock(crash_us);
    Some(world.now_us())
}
