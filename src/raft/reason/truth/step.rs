//! A step, as its predicates see it.

use super::Cause;
use crate::raft::effect::{Effect, Effects};
use crate::raft::entry::{ClientCommand, Command, Entry};
use crate::raft::input::{Input, Timer};
use crate::raft::membership::configuration::Configuration;
use crate::raft::message::{Append, AppendOutcome, Body, Kind, Message, Received, Request};
use crate::raft::node::Node;
use crate::raft::reason::elections::ElectionWhy;
use crate::raft::reason::membership::MembershipWhy;
use crate::raft::reason::pre_vote::PreVoteWhy;
use crate::raft::reason::tally::{Share, VoterCount};
use crate::raft::reason::terms::TermWhy;
use crate::raft::reason::why::Why;
use crate::raft::role::Role;
use crate::raft::rules::Rule;
use crate::raft::types::{Address, Index, LogId, ServerId, ServerSet, Term};

/// A step, and which of its reasons is being judged.
///
/// Names with `then` mean the state when that reason was given: the one before the step, with what
/// the earlier reasons of the step have changed.
pub struct JudgedStep<'a> {
    pub before: &'a Node,
    pub cause: &'a Cause<'a>,
    pub after: &'a Node,
    pub out: &'a Effects,
    /// The place of the reason.
    pub at: usize,
}

impl<'a> JudgedStep<'a> {
    pub fn is_on(&self, rule: Rule) -> bool {
        self.before.options.rules.on(rule)
    }

    pub fn input(&self) -> Option<&'a Input> {
        match self.cause {
            Cause::Input(input) => input.as_ref(),
            Cause::Message(_) => None,
        }
    }

    pub fn message(&self) -> Option<&'a Message> {
        match self.cause {
            Cause::Message(message) => Some(message),
            Cause::Input(_) => None,
        }
    }

    /// Whether this timer fired by itself, or with `fired` by a person.
    pub fn fires(&self, timer: Timer, fired: bool) -> bool {
        match self.input() {
            Some(Input::Timer(one)) => *one == timer && !fired,
            Some(Input::Fired(one)) => *one == timer && fired,
            _ => false,
        }
    }

    /// Whether a message of this kind comes from that server.
    pub fn receives(&self, kind: Kind, from: ServerId) -> bool {
        self.message()
            .is_some_and(|message| message.kind() == kind && message.from == Address::Server(from))
    }

    /// The sender and the contents of an AppendEntries.
    pub fn append(&self) -> Option<(ServerId, &'a Append)> {
        let message = self.message()?;
        match &message.body {
            Body::Append(append) => Some((message.from.server()?, append)),
            _ => None,
        }
    }

    /// The previous index and term, and the entries, without those that this server has compacted.
    pub fn appended(&self) -> Option<(Index, Term, &'a [Entry])> {
        let (_, append) = self.append()?;
        let log = &self.before.log;
        let skip = log.snapshot_index().saturating_sub(append.prev_index) as usize;
        let skip = skip.min(append.entries.len());
        let (prev, term) = match append.prev_index < log.snapshot_index() {
            true => (log.snapshot_index(), log.term_at(log.snapshot_index())?),
            false => (append.prev_index, append.prev_term),
        };
        Some((prev, term, &append.entries[skip..]))
    }

    /// Whether the previous entry of an AppendEntries matches; `false` for other messages.
    pub fn previous_matches(&self) -> bool {
        let appended = self.appended();
        appended.is_some_and(|(prev, term, _)| self.before.log.term_at(prev) == Some(term))
    }

    /// The sender's last entry, in a request for a vote or a pre-vote.
    pub fn last_of_candidate(&self) -> Option<LogId> {
        match self.message()?.body {
            Body::RequestVote { last_index, last_term, .. }
            | Body::PreVote { last_index, last_term, .. } => {
                Some(LogId { index: last_index, term: last_term })
            }
            _ => None,
        }
    }

    pub fn request(&self) -> Option<&'a Request> {
        match &self.message()?.body {
            Body::Request(request) => Some(request),
            _ => None,
        }
    }

    pub fn command(&self) -> Option<&'a ClientCommand> {
        self.request().map(|request| &*request.command)
    }

    pub fn messages(&self) -> impl Iterator<Item = &'a Message> {
        self.out.list.iter().filter_map(|effect| match effect {
            Effect::Send { message, .. } => Some(message),
            _ => None,
        })
    }

    /// Whether it sends such a message there.
    pub fn sends(&self, to: impl Into<Address>, is: impl Fn(&Body) -> bool) -> bool {
        let to = to.into();
        self.messages().any(|message| message.to == to && is(&message.body))
    }

    /// Whether it sends this kind of message to exactly these servers.
    pub fn sends_to(&self, servers: ServerSet, kind: Kind) -> bool {
        let sent = self.messages().filter(|message| message.kind() == kind);
        sent.filter_map(|message| message.to.server()).collect::<ServerSet>() == servers
    }

    pub fn sets(&self, timer: Timer) -> bool {
        self.out.list.contains(&Effect::SetTimer(timer))
    }

    pub fn stops(&self, timer: Timer) -> bool {
        self.out.list.contains(&Effect::StopTimer(timer))
    }

    /// Whether nothing changes and nothing is sent.
    pub fn does_nothing(&self) -> bool {
        self.out.list.is_empty() && self.keeps_state()
    }

    pub fn keeps_state(&self) -> bool {
        self.before == self.after
    }

    pub fn keeps_log(&self) -> bool {
        self.before.log == self.after.log
    }

    /// The reasons given before this one.
    pub fn earlier(&self) -> &'a [Why] {
        &self.out.whys[..self.at]
    }

    pub fn later(&self) -> &'a [Why] {
        &self.out.whys[self.at + 1..]
    }

    /// Whether a message has raised the term.
    fn has_adopted(&self) -> bool {
        self.earlier().iter().any(|why| matches!(why, Why::Term(TermWhy::HigherTermAdopted { .. })))
    }

    pub fn term_then(&self) -> Term {
        match self.message() {
            Some(message) if self.has_adopted() => message.term,
            _ => self.before.current_term,
        }
    }

    pub fn vote_then(&self) -> Option<ServerId> {
        self.before.voted_for.filter(|_| !self.has_adopted())
    }

    /// The role, as far as terms change it.
    pub fn role_then(&self) -> Role {
        match self.before.role() {
            Role::Learner => Role::Learner,
            // A server that was no follower may be a learner.
            _ if self.has_adopted() && self.before.configuration().learners.contains(self.id()) => {
                Role::Learner
            }
            _ if self.has_adopted() => Role::Follower,
            role => role,
        }
    }

    pub fn id(&self) -> ServerId {
        self.before.id
    }

    /// Whether it led, until a higher term came.
    pub fn led(&self) -> bool {
        self.before.is_leader() && !self.has_adopted()
    }

    /// Whether it leads when it gives the reason: it led before the step, or was elected in it.
    pub fn leads_then(&self) -> bool {
        self.led() || self.was_elected()
    }

    pub fn was_elected(&self) -> bool {
        self.earlier().iter().any(|why| matches!(why, Why::Election(ElectionWhy::Elected { .. })))
    }

    /// The configuration in force, and its index: a leader may have appended one in this step.
    pub fn configuration_then(&self) -> (Index, Configuration) {
        let appended = self.earlier().iter().rev().find_map(|why| match *why {
            Why::Membership(
                MembershipWhy::Appended { index, configuration, .. }
                | MembershipWhy::JointLeft { index, configuration },
            ) => Some((index, configuration)),
            _ => None,
        });
        appended.unwrap_or((self.before.configurations.index(), *self.before.configuration()))
    }

    /// The votes or pre-votes of this candidate: granted and denied.
    pub fn votes_then(&self) -> (ServerSet, ServerSet) {
        let own = ServerSet::only(self.id());
        let restarted = self.earlier().iter().any(|why| {
            matches!(
                why,
                Why::Election(ElectionWhy::Campaigned { .. })
                    | Why::PreVote(PreVoteWhy::Started { .. })
            )
        });
        if restarted {
            return (own, ServerSet::EMPTY);
        }
        let (mut granted, mut denied) = (self.before.granted(), self.before.denied());
        if matches!(self.input(), Some(Input::Stable(_))) {
            granted.insert(self.id());
        }
        if let Some(message) = self.message()
            && let Body::Vote { granted: grants } | Body::PreVoteReply { granted: grants, .. } =
                message.body
            && let Some(from) = message.from.server()
        {
            if grants { granted.insert(from) } else { denied.insert(from) }
        }
        (granted, denied)
    }

    /// Whether the count is that of these servers, in the configuration in force.
    pub fn counts(&self, count: &VoterCount, servers: ServerSet) -> bool {
        let configuration = self.configuration_then().1;
        let share = |group: ServerSet| {
            let have = group.iter().filter(|&voter| servers.contains(voter)).count();
            (have, group.iter().count())
        };
        let claimed = |share: Share| (usize::from(share.have), usize::from(share.of));
        let old = configuration.is_joint().then(|| share(configuration.old_voters));
        claimed(count.voters) == share(configuration.voters) && count.old_voters.map(claimed) == old
    }

    /// Whether these servers are a majority; in joint consensus, of both groups.
    pub fn is_majority(&self, servers: ServerSet) -> bool {
        self.configuration_then().1.is_quorum(servers, true)
    }

    /// Whether these servers suffice, as the rule `majority` is set.
    pub fn suffices(&self, servers: ServerSet) -> bool {
        self.configuration_then().1.is_quorum(servers, self.is_on(Rule::Majority))
    }

    /// Whether the count says so of the rule `majority`, and of whether it suffices only because
    /// that rule is off.
    pub fn names_majority(&self, count: &VoterCount, servers: ServerSet) -> bool {
        let on = self.is_on(Rule::Majority);
        count.majority == on && count.needs_rule_off() == (!on && !self.is_majority(servers))
    }

    /// The match index of a follower, with the reply that the step is about.
    pub fn match_index(&self, of: ServerId) -> Index {
        if let Some(leadership) = self.after.as_leader() {
            return leadership[of].match_index;
        }
        let known = self.before.as_leader().map_or(0, |leadership| leadership[of].match_index);
        let replies = self.message().filter(|message| message.from == Address::Server(of));
        let acknowledged = replies.map_or(0, |message| match &message.body {
            Body::AppendReply { outcome: AppendOutcome::Matched { index }, .. } => *index,
            Body::SnapshotReply(reply) if reply.received == Received::All => reply.last_index,
            _ => 0,
        });
        known.max(acknowledged.min(self.before.log.last_index()))
    }

    /// The newest round that a server has replied to, with the reply that the step is about.
    pub fn replied_round(&self, of: ServerId) -> u64 {
        if let Some(leadership) = self.after.as_leader() {
            return leadership[of].acked_round;
        }
        let known = self.before.as_leader().map_or(0, |leadership| leadership[of].acked_round);
        let replies = self.message().filter(|message| message.from == Address::Server(of));
        known.max(replies.map_or(0, |message| match &message.body {
            Body::AppendReply { round, .. } => *round,
            Body::SnapshotReply(reply) => reply.round,
            _ => 0,
        }))
    }

    /// This server and its peers that have replied to that round or a later one.
    pub fn replied(&self, round: u64) -> ServerSet {
        let members = self.configuration_then().1.members().iter();
        let id = self.id();
        let mut replied: ServerSet =
            members.filter(|&peer| peer != id && self.replied_round(peer) >= round).collect();
        replied.insert(id);
        replied
    }

    /// An entry of the log after the step, also if a snapshot replaced it in this step.
    pub fn entry(&self, index: Index) -> Option<&'a Entry> {
        let compacted = || {
            let (first, entries) = self.out.compacted.as_ref()?;
            entries.get(index.checked_sub(*first)? as usize)
        };
        self.after.log.entry(index).or_else(compacted)
    }

    /// Whether the leader has appended this entry of its own in this step.
    pub fn is_appended(&self, index: Index, is: impl Fn(&Command) -> bool) -> bool {
        let entry = self.entry(index);
        index > self.before.log.last_index()
            && entry
                .is_some_and(|entry| entry.term == self.term_then_or_new() && is(&entry.command))
    }

    /// A leader's term, also if it was elected in this step.
    pub fn term_then_or_new(&self) -> Term {
        if self.was_elected() { self.after.current_term } else { self.term_then() }
    }
}
