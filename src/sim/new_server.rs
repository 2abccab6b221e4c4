//! Makes a server as it is before time 0: its configuration, its given state and its options.

use crate::raft::{
    Command, Configuration, Entry, HardState, HashedIfSet, Index, Log, Node, NodeOptions, Reads,
    ServerId, ServerSet, Term,
};

use super::chance::{Purpose, Stream};
use super::disk::Disk;
use super::server::{RunningTimers, Server, Status, TRUE_CLOCK};
use super::settings::{Given, Settings, Setup};

/// The configuration that a server starts with; empty if it has yet to join.
fn boot(setup: &Setup, id: ServerId) -> Configuration {
    if setup.joining.contains(id) {
        return Configuration::default();
    }
    let members = ServerSet::first(setup.settings.servers).difference(setup.joining);
    let learners = members.intersection(setup.learners);
    Configuration { voters: members.difference(learners), learners, ..Configuration::default() }
}

pub(super) fn new_server(id: ServerId, setup: &Setup) -> Server {
    let settings = &setup.settings;
    let given = given(setup, id);
    let (hard_state, log) = given.map(persistent_state).unwrap_or_default();
    let options = options_of(settings, id);
    Server {
        node: Node::new(id, options, boot(setup, id), hard_state, log.clone()),
        disk: Disk::holding(hard_state, log),
        status: Status::Running,
        skew_milli: TRUE_CLOCK,
        timers: RunningTimers::default(),
        outbox: Default::default(),
        disk_busy_until_us: 0,
        election_chance: Stream::new(settings.seed, Purpose::ElectionTimeout, id.slot()),
        disk_chance: Stream::new(settings.seed, Purpose::DiskWrite, id.slot()),
        own_disk_chance: HashedIfSet(None),
        timer_chance: HashedIfSet(None),
    }
}

fn given(setup: &Setup, id: ServerId) -> Option<&Given> {
    setup.given.iter().rev().find(|given| given.server == id)
}

/// The commit index that a server starts with.
pub(super) fn given_commit(setup: &Setup, id: ServerId) -> Index {
    given(setup, id).map_or(0, |given| given.commit)
}

fn persistent_state(given: &Given) -> (HardState, Log) {
    let mut log = Log::default();
    let mut newest: Term = given.term;
    for &term in &given.log {
        log.push(Entry { term, command: Command::Noop });
        newest = newest.max(term);
    }
    (HardState { term: newest, voted_for: given.vote }, log)
}

pub(super) fn options_of(settings: &Settings, id: ServerId) -> NodeOptions {
    NodeOptions {
        rules: settings.rules[id.slot()],
        pre_vote: settings.pre_vote,
        check_quorum: settings.check_quorum,
        lease: settings.reads == Reads::Lease,
        catch_up: settings.catch_up,
        snapshot_every: settings.snapshot_every,
        max_entries: settings.max_entries,
        max_inflight: settings.max_inflight,
    }
}
