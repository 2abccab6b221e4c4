//! Linearizable reads without a log entry: ReadIndex (section 8; dissertation, section 6.4) and
//! leases (dissertation, section 6.4.1).
//!
//! A leader may answer a read from its state machine if three things hold:
//!
//! 1. It has committed an entry of its own term. Before that it does not know all that earlier
//!    leaders have committed, and could answer from the past. Such reads wait in `early_reads`.
//! 2. It has applied everything up to its commit index as of the read's arrival. It always has:
//!    commit and apply are one step here.
//! 3. It still led when the read arrived. ReadIndex asks a majority: a *round* of heartbeats is
//!    sent after the read arrives, and replies to this round or later ones confirm it. A lease
//!    knows it without asking.
//!
//! **Leases.** A server that replies to a round ignores candidates for an election timeout from
//! when the round reached it. So nobody else can lead for that long from when the round was *sent*.
//! The core has no clock: [`Effect::StartLease`] asks the world to say when that time is over. The
//! caller measures it by this server's clock, less what clocks may drift; if they drift further, a
//! read may be stale. A lease ends early if an election timeout becomes shorter meanwhile
//! ([`Node::void_leases`]). And a server that has acknowledged a round keeps ignoring candidates if
//! a late reply raises its term (`adopt_higher_term`).

use std::sync::Arc;

use super::effect::{Effect, Effects};
use super::message::{Body, Reads, Redirect, Request};
use super::node::Node;
use super::reason::{ReadGround, ReadWhy, VoterCount};
use super::role::leadership::{Leadership, PendingRead};
use super::rules::Rule;
use super::types::{ServerSet, Term};

impl Node {
    /// A read arrives at a leader.
    pub(super) fn read(&mut self, request: &Arc<Request>, out: &mut Effects) {
        if request.reads == Reads::Leader {
            self.answer_read(request, || ReadGround::Leader, out);
            return;
        }
        if !self.options.rules.on(Rule::ReadQuorum) {
            self.answer_read(request, || self.ground_without_asking(request.reads), out);
            return;
        }
        let (client, term) = (request.client(), self.current_term);
        if self.commit_index < self.leadership().first_own_index {
            self.leadership_mut().early_reads.push(Arc::clone(request));
            out.why(|| {
                let no_noop = self.log.last_index() < self.leadership().first_own_index
                    && !self.options.rules.on(Rule::LeaderNoop);
                ReadWhy::WaitsForTerm { client, term, no_noop }
            });
            return;
        }
        if request.reads == Reads::Lease && self.holds_lease() {
            self.answer_read(request, || ReadGround::Lease(self.lease_tally()), out);
            return;
        }
        self.confirm_read(Arc::clone(request), out);
    }

    /// Starts a round that confirms this read.
    fn confirm_read(&mut self, request: Arc<Request>, out: &mut Effects) {
        let read_index = self.commit_index;
        let client = request.client();
        let leadership = self.leadership_mut();
        let round = leadership.round + 1;
        leadership.reads.push(PendingRead { request, read_index, round });
        out.why(|| ReadWhy::WaitsForQuorum { client, read_index, round });
        self.start_round(out);
        // A cluster of one confirms at once.
        self.confirm_reads(out);
    }

    /// The leader's commit index has risen, perhaps to an entry of its own term.
    pub(super) fn start_early_reads(&mut self, out: &mut Effects) {
        if self.commit_index < self.leadership().first_own_index {
            return;
        }
        for request in std::mem::take(&mut self.leadership_mut().early_reads) {
            self.confirm_read(request, out);
        }
    }

    /// Answers the reads whose rounds a majority has confirmed.
    pub(super) fn confirm_reads(&mut self, out: &mut Effects) {
        // The reply that leads here may have ended this leadership: it may have committed the
        // leader's own removal.
        let Some(leadership) = self.as_leader().filter(|leader| !leader.reads.is_empty()) else {
            return;
        };
        let round = self.confirmed_round(leadership);
        for read in self.leadership_mut().take_reads(round) {
            debug_assert!(self.last_applied >= read.read_index, "a leader applies what it commits");
            self.answer_read(&read.request, || self.ground_of_round(read.round), out);
        }
    }

    /// The highest round of a waiting read that a majority has confirmed, this server included.
    fn confirmed_round(&self, leadership: &Leadership) -> u64 {
        let majority = self.options.rules.on(Rule::Majority);
        let confirmed = |&round: &u64| {
            self.configuration().is_quorum(self.confirmed(leadership, round), majority)
        };
        let rounds = leadership.reads.iter().map(|read| read.round);
        rounds.take_while(confirmed).last().unwrap_or(0)
    }

    /// The servers that have replied to this round or a later one, this server included.
    fn confirmed(&self, leadership: &Leadership, round: u64) -> ServerSet {
        let mut servers = leadership.acknowledged(self.peers(), round);
        servers.insert(self.id);
        servers
    }

    fn ground_of_round(&self, round: u64) -> ReadGround {
        let servers = self.confirmed(self.leadership(), round);
        let majority = self.options.rules.on(Rule::Majority);
        let confirmed = VoterCount::of(self.configuration(), servers, majority);
        ReadGround::Confirmed { round, confirmed }
    }

    /// With `read-quorum` off the leader does not ask. It has a reason all the same if the rule
    /// would not make it ask either: it holds a lease, or is the only voter.
    fn ground_without_asking(&self, reads: Reads) -> ReadGround {
        let knows_commits = self.commit_index >= self.leadership().first_own_index;
        let alone = VoterCount::of(self.configuration(), ServerSet::only(self.id), true);
        match knows_commits {
            true if reads == Reads::Lease && self.holds_lease() => {
                ReadGround::Lease(self.lease_tally())
            }
            true if alone.is_quorum() => {
                ReadGround::Confirmed { round: self.leadership().round, confirmed: alone }
            }
            _ => ReadGround::Unconfirmed,
        }
    }

    /// Answers from the state machine.
    pub(super) fn answer_read(
        &self,
        request: &Request,
        ground: impl FnOnce() -> ReadGround,
        out: &mut Effects,
    ) {
        let client = request.client();
        out.why(|| ReadWhy::Answered { client, applied: self.last_applied, ground: ground() });
        let answer = self.store.get(request.command.op.key());
        let body = Body::Reply { serial: request.command.serial, result: Ok(answer) };
        self.send(client, body, out);
    }

    /// A leader that steps down cannot confirm its reads any more, so it redirects their clients.
    /// It must not do so with commands: their entries may still be committed by another leader.
    pub(super) fn drop_reads(&self, leadership: Leadership, out: &mut Effects) {
        let waiting = leadership.reads.into_iter().map(|read| read.request);
        for request in waiting.chain(leadership.early_reads) {
            let client = request.client();
            out.why(|| ReadWhy::Dropped { client });
            let result = Err(Redirect { leader: self.leader() });
            let body = Body::Reply { serial: request.command.serial, result };
            self.send(client, body, out);
        }
    }

    /// A round is being sent: if a majority replies, the leader holds a lease from now on.
    pub(super) fn start_lease(&self, out: &mut Effects) {
        if self.options.lease {
            let (term, round) = (self.current_term, self.leadership().round);
            out.list.push(Effect::StartLease { term, round });
        }
    }

    /// The time of a lease is over, and so is that of all earlier rounds.
    pub(super) fn lease_over(&mut self, term: Term, round: u64) {
        if term == self.current_term
            && let Some(leadership) = self.as_leader_mut()
        {
            leadership.expired_lease_round = leadership.expired_lease_round.max(round);
        }
    }

    /// The rounds sent so far give this leader no lease any more. The caller must say so when it
    /// shortens an election timeout, or makes this server's clock faster: the voters that
    /// acknowledged those rounds may stop ignoring candidates before the leases were to end.
    pub fn void_leases(&mut self) {
        if self.options.lease
            && let Some(leadership) = self.as_leader_mut()
        {
            leadership.expired_lease_round = leadership.round;
        }
    }

    /// Whether a majority has replied to a round whose lease is not over. After TimeoutNow there is
    /// no lease: the target of a transfer may win an election although its voters hear this leader.
    fn holds_lease(&self) -> bool {
        let leadership = self.leadership();
        if !self.options.lease || leadership.sent_timeout_now {
            return false;
        }
        let servers = self.confirmed(leadership, leadership.expired_lease_round + 1);
        // A real majority, even with `majority` off.
        self.configuration().is_quorum(servers, true)
    }

    /// The servers that have replied to a round whose lease is not over.
    fn lease_tally(&self) -> VoterCount {
        let leadership = self.leadership();
        let servers = self.confirmed(leadership, leadership.expired_lease_round + 1);
        VoterCount::of(self.configuration(), servers, true)
    }
}
