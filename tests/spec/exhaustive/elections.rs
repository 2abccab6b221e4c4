//! Whether a leader can be elected: from a state of the search, everything that was cut off is
//! connected again, messages arrive, timers fire, and after a bounded time a leader commits.
//!
//! This tries one continuation, in which no two candidates meet, so a state that passes is proven
//! not to be wedged.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Mutex;

use raftarium::raft::{Command, Configuration, Index, Role, ServerId, ServerSet};

use super::memory::{Mixed, digest_of};
use super::model::{Action, Cluster, State};
use super::server::Server;

/// How often a server campaigns in a row: the first reply may tell it a higher term.
const IN_A_ROW: usize = 2;
/// The number of turns per server.
const TURNS: usize = 2 * IN_A_ROW;

/// What is known of states, by the digest of their servers: messages in flight do not matter, since
/// all of them may be lost.
#[derive(Default)]
pub struct Elections(Mutex<HashMap<u64, bool, BuildHasherDefault<Mixed>>>);

impl<const SERVERS: usize> Cluster<SERVERS> {
    /// A server is elected, and all servers know that its no-op is committed. Then it is cut off.
    pub fn elect_and_cut_off(&self, state: &mut State<SERVERS>, leader: ServerId) {
        self.happen(state, &Action::Timeout(leader));
        self.settle(state);
        self.happen(state, &Action::Beat(leader));
        self.settle(state);
        state.cut_off = ServerSet::only(leader);
    }

    /// Whether a leader can be elected and commit a command, with all links healed. The servers
    /// that stopped stay so if the others suffice.
    pub fn can_elect(&self, state: &State<SERVERS>) -> bool {
        let suffices = running_suffice(state);
        let servers: Vec<u64> = state.servers.iter().map(|server| server.digest).collect();
        let key = digest_of(&(servers, state.stopped, suffices));
        if let Some(&known) = self.elections.0.lock().expect("no search panics").get(&key) {
            return known;
        }
        let mut state = state.clone();
        state.under_way.clear();
        state.cut_off = ServerSet::EMPTY;
        if !suffices {
            for id in std::mem::take(&mut state.stopped).iter() {
                self.happen(&mut state, &Action::Crash(id));
            }
        }
        let elects = self.elects(&mut state);
        self.elections.0.lock().expect("no search panics").insert(key, elects);
        elects
    }

    /// In each turn leaders get a command, send heartbeats and check their quorums; and one server
    /// that then heard no leader campaigns.
    fn elects(&self, state: &mut State<SERVERS>) -> bool {
        for turn in 0..TURNS * SERVERS {
            let mut hear = ServerSet::EMPTY;
            for action in [Action::Command, Action::Beat, Action::Beat] {
                self.all_leaders(state, action);
                hear = self.settle(state);
            }
            if running(state).any(commits) {
                return true;
            }
            self.all_leaders(state, Action::Quorum);
            self.settle(state);
            let id = ServerId::from_slot(turn / IN_A_ROW % SERVERS);
            let leads = state.servers[id.slot()].node.role() == Role::Leader;
            if !leads && !state.stopped.contains(id) && !hear.contains(id) {
                self.happen(state, &Action::Timeout(id));
                self.settle(state);
            }
        }
        false
    }

    fn all_leaders(&self, state: &mut State<SERVERS>, action: fn(ServerId) -> Action) {
        for server in state.servers {
            let id = server.node.id();
            let action = action(id);
            let due = !matches!(action, Action::Quorum(_)) || server.checks_quorum;
            if due && server.node.role() == Role::Leader && !state.stopped.contains(id) {
                self.happen(state, &action);
            }
        }
    }

    /// All messages arrive, until none is left. Returns the servers whose election timers that has
    /// restarted.
    fn settle(&self, state: &mut State<SERVERS>) -> ServerSet {
        let mut restarted = ServerSet::EMPTY;
        while !state.under_way.is_empty() {
            for flight in std::mem::take(&mut state.under_way) {
                let Some(to) = flight.message.to.server() else { continue };
                self.happen(state, &Action::Deliver(flight));
                if state.servers[to.slot()].restarted_election_timer {
                    restarted.insert(to);
                }
            }
        }
        restarted
    }

    /// Something happens at a server, whether or not it is within the bounds.
    fn happen(&self, state: &mut State<SERVERS>, action: &Action) {
        if let Some(id) = action.server()
            && !state.stopped.contains(id)
        {
            let outcome = self.step(state.servers[id.slot()], action, 0);
            state.take(id.slot(), outcome);
        }
    }
}

fn running<const SERVERS: usize>(state: &State<SERVERS>) -> impl Iterator<Item = &Server> {
    state.servers.iter().copied().filter(|server| !state.stopped.contains(server.node.id()))
}

/// Whether it leads and knows that the last entry of its log, of its own term, is committed.
fn commits(server: &Server) -> bool {
    let (node, log) = (&server.node, server.node.log());
    node.role() == Role::Leader
        && log.last_term() == node.current_term()
        && node.commit_index() == log.last_index()
}

/// Whether the running servers are a quorum of the configuration committed last, and of each later
/// one that one of them has.
fn running_suffice<const SERVERS: usize>(state: &State<SERVERS>) -> bool {
    let ids: ServerSet = running(state).map(|server| server.node.id()).collect();
    let committed = (1..).zip(state.history.committed.iter().map(|one| &one.entry.command));
    let boot = (0, state.servers[0].node.boot_configuration());
    let latest = committed.filter_map(configuration).last().unwrap_or(boot);
    let later = running(state).flat_map(|server| {
        let log = server.node.log();
        let entries = (log.first_index()..).zip(log.tail(log.first_index()));
        entries.filter_map(|(index, entry)| configuration((index, &entry.command)))
    });
    std::iter::once(latest)
        .chain(later.filter(|(index, _)| *index > latest.0))
        .all(|(_, configuration)| configuration.is_quorum(ids, true))
}

fn configuration((index, command): (Index, &Command)) -> Option<(Index, Configuration)> {
    match command {
        Command::Configuration(configuration) => Some((index, *configuration)),
        _ => None,
    }
}
