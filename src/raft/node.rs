//! One server: its state (figure 2), and how others may look at it.

use super::effect::HardState;
use super::input::Timer;
use super::log::Log;
use super::membership::configuration::Configuration;
use super::membership::history::ConfigurationHistory;
use super::options::NodeOptions;
use super::replication::progress::Progress;
use super::role::leadership::Leadership;
use super::role::{Role, RoleState};
use super::snapshot::PartialSnapshot;
use super::state_machine::Store;
use super::types::{Index, ServerId, ServerSet, Term};
use super::unstable::Unstable;

/// A Raft server without clock, randomness or I/O. [`Node::step`] feeds it.
///
/// `World::hash` hashes it field by field: adding, removing or reordering fields changes the hash
/// of every run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    pub(super) id: ServerId,
    pub(super) options: NodeOptions,
    /// Derived from `log`: the configurations in it.
    pub(super) configurations: ConfigurationHistory,

    // Persistent state (figure 2): `unstable` tracks what of it is not on the disk yet.
    pub(super) current_term: Term,
    pub(super) voted_for: Option<ServerId>,
    pub(super) log: Log,

    // Volatile state (figure 2).
    pub(super) commit_index: Index,
    pub(super) last_applied: Index,
    pub(super) store: Store,
    pub(super) role: RoleState,
    pub(super) partial_snapshot: Option<Box<PartialSnapshot>>,

    pub(super) unstable: Unstable,
}

impl Node {
    /// A server with the persistent state from its disk; empty for a new one. `boot` is the
    /// configuration that the cluster started with.
    pub fn new(
        id: ServerId,
        options: NodeOptions,
        boot: Configuration,
        hard_state: HardState,
        log: Log,
    ) -> Node {
        let last_index = log.last_index();
        // With `persist-vote` off the disk may hold entries of a newer term than it holds terms.
        let current_term = hard_state.term.max(log.last_term());
        let voted_for = hard_state.voted_for.filter(|_| current_term == hard_state.term);
        let mut node = Node {
            id,
            options,
            configurations: ConfigurationHistory::new(boot),
            current_term,
            voted_for,
            log,
            commit_index: 0,
            last_applied: 0,
            store: Store::default(),
            role: RoleState::Follower { leader: None, heard_leader: false },
            partial_snapshot: None,
            unstable: Unstable::new(last_index),
        };
        if let Some(snapshot) = node.log.snapshot() {
            // Only committed and applied entries are compacted. Starting at 0 would apply the
            // first entry after the snapshot to an empty state machine.
            node.commit_index = snapshot.last_index;
            node.last_applied = snapshot.last_index;
            node.store = snapshot.store.clone();
            node.configurations.compact(snapshot.last_index, snapshot.configuration);
        }
        node.find_configurations(node.log.first_index());
        node
    }

    pub fn id(&self) -> ServerId {
        self.id
    }

    pub fn current_term(&self) -> Term {
        self.current_term
    }

    /// The candidate that it voted for in its current term.
    pub fn voted_for(&self) -> Option<ServerId> {
        self.voted_for
    }

    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The highest index that this server knows to be committed.
    pub fn commit_index(&self) -> Index {
        self.commit_index
    }

    /// The highest index that it has applied to its state machine.
    pub fn last_applied(&self) -> Index {
        self.last_applied
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The configuration in force: the latest in its log, committed or not (section 6).
    pub fn configuration(&self) -> &Configuration {
        self.configurations.current()
    }

    /// The index of that configuration; 0 if the cluster started with it.
    pub fn configuration_index(&self) -> Index {
        self.configurations.index()
    }

    /// The configuration that the cluster started with.
    pub fn boot_configuration(&self) -> Configuration {
        self.configurations.boot()
    }

    pub fn role(&self) -> Role {
        match &self.role {
            RoleState::Leader(_) => Role::Leader,
            RoleState::Candidate { pre_vote: true, .. } => Role::PreCandidate,
            RoleState::Candidate { .. } => Role::Candidate,
            RoleState::Follower { .. } if self.configuration().learners.contains(self.id) => {
                Role::Learner
            }
            RoleState::Follower { .. } => Role::Follower,
        }
    }

    /// The leader of its term, as far as it knows.
    pub fn leader(&self) -> Option<ServerId> {
        match &self.role {
            RoleState::Leader(_) => Some(self.id),
            RoleState::Candidate { .. } => None,
            RoleState::Follower { leader, .. } => *leader,
        }
    }

    /// Whether this follower has heard its leader since its election timer last fired.
    pub fn hears_leader(&self) -> bool {
        matches!(self.role, RoleState::Follower { heard_leader: true, .. })
    }

    /// The servers that have granted this candidate their votes (or pre-votes).
    pub fn granted(&self) -> ServerSet {
        match &self.role {
            RoleState::Candidate { granted, .. } => *granted,
            _ => ServerSet::EMPTY,
        }
    }

    /// The servers that have denied this candidate their votes (or pre-votes).
    pub fn denied(&self) -> ServerSet {
        match &self.role {
            RoleState::Candidate { denied, .. } => *denied,
            _ => ServerSet::EMPTY,
        }
    }

    /// What this leader knows of a follower's log; `None` if it does not lead or does not send to
    /// that server.
    pub fn progress(&self, of: ServerId) -> Option<&Progress> {
        self.as_leader().filter(|_| self.followers().contains(of)).map(|leadership| &leadership[of])
    }

    /// The log is on the disk up to this index.
    pub fn stable_index(&self) -> Index {
        self.unstable.stable_index()
    }

    pub fn options(&self) -> &NodeOptions {
        &self.options
    }

    /// Takes effect with the next step.
    pub fn set_options(&mut self, options: NodeOptions) {
        let begins_leases = options.lease && !self.options.lease;
        self.options = options;
        if begins_leases {
            // The rounds sent so far started no lease.
            self.void_leases();
        }
    }

    /// Whether this timer runs in the server's present state, unless it never fires. For a caller
    /// that changes how long timers run: it starts the ones that were `never`, and stops others.
    pub fn needs_timer(&self, timer: Timer) -> bool {
        match (timer, self.as_leader()) {
            (Timer::Election, leadership) => leadership.is_none(),
            (_, None) => false,
            (Timer::Heartbeat, Some(_)) => true,
            (Timer::Quorum, Some(_)) => self.options.check_quorum,
            (Timer::Transfer, Some(leadership)) => leadership.transfer_to.is_some(),
            (Timer::CatchUp, Some(leadership)) => leadership.catch_up.is_some(),
        }
    }

    /// Sets up a state in which entries are committed already (`given ... commit`). The first step,
    /// [`Input::Start`](super::Input::Start), must follow; it applies them.
    pub fn give_commit(&mut self, commit: Index) {
        self.commit_index = commit.min(self.log.last_index());
    }

    pub(super) fn is_member(&self, server: ServerId) -> bool {
        self.configuration().members().contains(server)
    }

    /// The other servers of the configuration.
    pub(super) fn peers(&self) -> ServerSet {
        let mut peers = self.configuration().members();
        peers.remove(self.id);
        peers
    }

    /// The servers that a leader sends entries to: its peers, removed servers that may not know of
    /// their removal, and new servers that catch up. Empty if this server does not lead.
    pub(super) fn followers(&self) -> ServerSet {
        let Some(leadership) = self.as_leader() else { return ServerSet::EMPTY };
        let followers = self.peers().union(leadership.departed.servers());
        match &*leadership.catch_up {
            Some(catch_up) => followers.union(catch_up.servers),
            None => followers,
        }
    }

    pub(super) fn is_leader(&self) -> bool {
        matches!(self.role, RoleState::Leader(_))
    }

    pub(super) fn as_leader(&self) -> Option<&Leadership> {
        match &self.role {
            RoleState::Leader(leadership) => Some(leadership),
            _ => None,
        }
    }

    pub(super) fn as_leader_mut(&mut self) -> Option<&mut Leadership> {
        match &mut self.role {
            RoleState::Leader(leadership) => Some(leadership),
            _ => None,
        }
    }

    /// For functions that only a leader runs: the input was checked where it arrived (`step`).
    ///
    /// # Panics
    /// If this server does not lead: a bug of the caller.
    pub(super) fn leadership(&self) -> &Leadership {
        self.as_leader().expect("only a leader gets here")
    }

    /// As `leadership`.
    pub(super) fn leadership_mut(&mut self) -> &mut Leadership {
        self.as_leader_mut().expect("only a leader gets here")
    }
}
