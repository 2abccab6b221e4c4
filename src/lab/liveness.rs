//! Liveness as a verdict: a cluster that is whole and left alone has a leader and answers every
//! command.
//!
//! Raft promises progress only under conditions (section 5.6), so the verdict is passed only if
//! they hold; otherwise a run says nothing about liveness:
//!
//! - The cluster is whole: every server runs by a true clock, every link is up and has no latency
//!   or loss of its own, and no message is held, dropped, delayed or duplicated. There is no load,
//!   which would always have commands on their way. Some servers may be down, if a quorum of the
//!   configuration is alive and no membership change is under way.
//! - The timing requirement holds: no timeout is `never`; a round trip with its writes is short
//!   beside the shortest election timeout, beside the range that timeouts are drawn from (else
//!   votes split for long) and beside the clients' timeouts; the heartbeat comes in time; clients
//!   retry; a message carries enough entries for a follower to catch up.
//! - Nobody acts for [`TIMEOUTS`] election timeouts. They begin when everything that was under way
//!   at the last action is over: a timer that was set under `preset fastapi-raft` may run for
//!   seconds.
//!
//! Wiped disks are not seen here: a cluster that has lost what it promised to keep need not go on.
//! Generators that wipe servers must not pass the verdict (see `excuses`).

use crate::raft::{Role, ServerId, ServerSet};
use crate::script::act_line;
use crate::sim::{
    Act, Client, Duration, Ends, Filter, LinkQuality, MS, Micros, Server, Servers, Setting,
    Settings, Span, World,
};

use super::harm::{Harm, Symptom};

/// How many election timeouts a cluster is left alone, each of the longest.
pub const TIMEOUTS: u64 = 10;
/// The fewest entries per message with which a follower catches up in time.
const ENTRIES_MIN: usize = 64;
/// The shortest sane election timeout. A client rests for 50 ms between attempts, so ten shorter
/// timeouts would leave it no time to find the leader.
const TIMEOUT_US_MIN: Micros = 100 * MS;
/// How many round trips, writes included, the election timeouts and their range must take.
const TRIPS_MIN: Micros = 5;

/// Whether the others can elect a leader and commit while these servers are down. Only said of a
/// cluster whose newest configuration is known to be committed; older ones that are not will be
/// overwritten.
pub(super) fn can_spare(world: &World, down: ServerSet) -> bool {
    if down.is_empty() {
        return true;
    }
    let nodes = || world.servers().iter().map(Server::node);
    let Some(informed) = nodes().max_by_key(|node| node.commit_index()) else { return false };
    let (index, configuration) = (informed.configuration_index(), informed.configuration());
    let is_settled = index <= informed.commit_index()
        && !configuration.is_joint()
        && nodes().all(|node| node.configuration_index() <= index);
    let up = world.server_ids().difference(down);
    is_settled && configuration.is_quorum(up, true)
}

/// The servers that are down.
fn down(world: &World) -> ServerSet {
    world.server_ids().difference(world.alive())
}

/// The actions that make a cluster whole; none if it is. A setting that is good enough stays, and
/// these servers stay as they are.
pub(super) fn restoring(world: &World, spared: ServerSet) -> Vec<Act> {
    let all = Servers::All;
    let clients = world.clients().iter().map(Client::id);
    let needed = Servers::Named(world.server_ids().difference(spared));
    let faults = [
        Act::Load(None),
        Act::Release(None, Filter::default()),
        Act::Heal(None),
        Act::Restart(needed),
        Act::Resume(all),
        Act::Skew(all, 1000),
        usual_links(Ends::Servers(all)),
        usual_links(Ends::Mixed(ServerSet::EMPTY, clients.collect())),
    ];
    let lasting = faults.into_iter().filter(|act| world.named(act).is_ok_and(|act| act.is_some()));
    lasting.chain(sane_settings(world).into_iter().map(Act::Set)).collect()
}

/// These links to all servers get the cluster's latency and loss.
fn usual_links(from: Ends) -> Act {
    let to = Ends::Servers(Servers::All);
    Act::Link { from, to, both: true, quality: LinkQuality::DEFAULT }
}

/// The settings that must change until the timing requirement holds.
fn sane_settings(world: &World) -> Vec<Setting> {
    let mut sane = world.settings().clone();
    let down = down(world).len() as u64;
    let mut changes = Vec::new();
    let mut change = |sane: &mut Settings, setting: Setting| {
        sane.apply(&setting);
        changes.push(setting);
    };
    if sane.loss_ppm > 0 {
        change(&mut sane, Setting::Loss(0));
    }
    if sane.duplicate_ppm > 0 {
        change(&mut sane, Setting::Duplicate(0));
    }
    if sane.latency.to_us > 15 * MS {
        change(&mut sane, Setting::Latency(Span::new(MS, 5 * MS)));
    }
    if sane.disk.to_us > 5 * MS {
        change(&mut sane, Setting::Disk(Span::new(0, 0)));
    }
    for usual in own_disks(&sane, 5 * MS) {
        change(&mut sane, usual);
    }
    if !elects_in_time(&sane) {
        change(&mut sane, Setting::ElectionTimeout(Some(Span::new(150 * MS, 300 * MS))));
        change(&mut sane, Setting::Heartbeat(Some(50 * MS)));
    }
    if !elects_in_time(&sane) {
        change(&mut sane, Setting::Latency(Span::new(MS, 5 * MS)));
        change(&mut sane, Setting::Disk(Span::new(0, 0)));
        for usual in own_disks(&sane, 0) {
            change(&mut sane, usual);
        }
    }
    if !sane.retry {
        change(&mut sane, Setting::Retry(true));
    }
    if !retries_in_time(&sane, down) {
        let timeout_us = sane.election_timeout.map_or(400 * MS, |timeout| timeout.to_us / 2);
        change(&mut sane, Setting::ClientTimeout(Some(timeout_us)));
    }
    if sane.max_entries < ENTRIES_MIN {
        change(&mut sane, Setting::MaxEntries(ENTRIES_MIN));
    }
    changes
}

/// What makes every disk of its own that is slower than this like the others.
fn own_disks(settings: &Settings, most_us: Micros) -> Vec<Setting> {
    let own = settings.own_disks.iter().take(settings.servers).enumerate();
    let slow = own.filter(|(_, own)| own.is_some_and(|own| own.to_us > most_us));
    let usual = |slot| Setting::DiskOf { server: ServerId::from_slot(slot), own: None };
    slow.map(|(slot, _)| usual(slot)).collect()
}

/// The time of a round trip with a write at both ends, in microseconds.
fn round_trip_us(settings: &Settings) -> Micros {
    let own = settings.own_disks.iter().take(settings.servers).flatten();
    let slowest_us = own.map(|own| own.to_us).fold(settings.disk.to_us, Micros::max);
    2 * settings.latency.to_us.saturating_add(slowest_us)
}

/// broadcastTime << electionTimeout (section 5.6), with a range that separates candidates.
fn elects_in_time(settings: &Settings) -> bool {
    let (Some(timeout), Some(heartbeat_us)) = (settings.election_timeout, settings.heartbeat_us)
    else {
        return false;
    };
    let trips_us = round_trip_us(settings).saturating_mul(TRIPS_MIN);
    timeout.from_us >= TIMEOUT_US_MIN
        && trips_us <= timeout.from_us
        && trips_us <= timeout.to_us - timeout.from_us
        && heartbeat_us.saturating_add(round_trip_us(settings)) <= timeout.from_us
}

/// A client that asks a wrong server must have the time for some more attempts; servers that are
/// down cost it a timeout each.
fn retries_in_time(settings: &Settings, down: u64) -> bool {
    let (Some(timeout), Some(client_us)) = (settings.election_timeout, settings.client_timeout_us)
    else {
        return false;
    };
    client_us >= 2 * round_trip_us(settings)
        && client_us.saturating_mul(1 + down) <= 4 * timeout.to_us
}

/// When the verdict may be passed if nobody acts from now on, in microseconds. `None`: the cluster
/// is not whole.
pub(super) fn verdict_due_us(world: &World) -> Option<Micros> {
    let timeout = world.settings().election_timeout?;
    let alone_us = timeout.to_us.saturating_mul(TIMEOUTS);
    let down = down(world);
    let is_whole = can_spare(world, down) && restoring(world, down).is_empty();
    is_whole.then(|| world.last_due_us().saturating_add(alone_us))
}

/// What the verdict says of the servers.
fn describe_servers(world: &World) -> String {
    match down(world) {
        none if none.is_empty() => "all servers are alive and connected".to_owned(),
        down => format!("a majority is alive and connected (only {down} crashed)"),
    }
}

/// The verdict on a cluster that was left alone until now, see [`verdict_due_us`].
pub(super) fn judge(world: &World, alone_from_us: Micros) -> Option<Harm> {
    let since = Duration(alone_from_us);
    let (symptom, found) = if world.leaders().is_empty() {
        let candidates = world
            .servers()
            .iter()
            .filter(|server| matches!(server.node().role(), Role::Candidate | Role::PreCandidate));
        let term = world.servers().iter().map(|server| server.node().current_term()).max();
        let (candidates, term) = (candidates.count(), term.unwrap_or(0));
        (Symptom::NoLeader, format!("no server leads in term {term}, {candidates} campaign"))
    } else {
        (Symptom::Unanswered, unanswered(world)?)
    };
    let servers = describe_servers(world);
    let text = format!("{found}, although {servers} since {since}");
    Some(Harm { symptom, time_us: world.now_us(), text })
}

/// The oldest command without an answer, and how many there are.
fn unanswered(world: &World) -> Option<String> {
    let open = world.clients().iter().flat_map(|client| {
        let operations = client.operations().iter();
        operations.filter(|operation| operation.answered.is_none()).map(|open| (client.id(), open))
    });
    let count = open.clone().count();
    let (client, oldest) = open.min_by_key(|(_, operation)| operation.invoke_order)?;
    let sent = Duration(oldest.invoked_us);
    let op = oldest.op().clone();
    let line = act_line(&Act::Request { op, via: None, by: None });
    let which = format!("command {} of {client:#} (`{line}`), sent at {sent},", oldest.serial());
    Some(match count - 1 {
        0 => format!("{which} has no answer"),
        others => format!("{which} and {others} more have no answer"),
    })
}
