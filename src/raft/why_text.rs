//! Reasons in words: `fact (numbers) -> decision`.

use std::fmt;

use super::types::ServerId;
use super::why::Why;

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_terms(f)
            .or_else(|| self.write_votes(f))
            .or_else(|| self.write_pre_votes(f))
            .or_else(|| self.write_roles(f))
            .or_else(|| self.write_transfer(f))
            .or_else(|| self.write_follower(f))
            .or_else(|| self.write_leader(f))
            .or_else(|| self.write_commit(f))
            .or_else(|| self.write_requests(f))
            .or_else(|| self.write_reads(f))
            .or_else(|| self.write_membership(f))
            .or_else(|| self.write_snapshots(f))
            .unwrap_or(Ok(()))
    }
}

/// Each function writes the reasons of its topic, and returns `None` for others.
impl Why {
    fn write_terms(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::HigherTermAdopted { kind, theirs, ours } => {
                let kind = kind.paper_name();
                write!(
                    f,
                    "{kind} carries a higher term ({theirs} > {ours}) -> adopts term {theirs}"
                )
            }
            Why::HigherTermIgnored { kind, theirs, ours } => {
                let kind = kind.paper_name();
                write!(
                    f,
                    "{kind} carries a higher term ({theirs} > {ours}), and `step-down` is off -> \
                     ignores it"
                )
            }
            Why::StaleTermRejected { kind, theirs, ours } => {
                let kind = kind.paper_name();
                write!(
                    f,
                    "{kind} is from an old term ({theirs} < {ours}) -> rejected; replies with \
                     term {ours}"
                )
            }
            Why::LateReply { kind, theirs, ours } => {
                let kind = kind.paper_name();
                write!(f, "{kind} of term {theirs} comes too late (term {ours} now) -> ignores it")
            }
            _ => return None,
        })
    }

    fn write_votes(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::VoteGranted { candidate, voted_for, theirs, ours } => match voted_for {
                None => f.write_str("no vote in this term yet"),
                Some(server) if server == candidate => {
                    write!(f, "already voted for {server} in this term")
                }
                Some(server) => write!(f, "already voted for {server}, but `one-vote` is off"),
            }
            .and_then(|()| match theirs.is_up_to_date_with(ours) {
                true => write!(
                    f,
                    ", and {candidate}'s log ({theirs}) is at least as up to date as its own \
                         ({ours})"
                ),
                false => write!(
                    f,
                    ", and {candidate}'s log ({theirs}) is behind its own ({ours}), but \
                         `up-to-date` is off"
                ),
            })
            .and_then(|()| write!(f, " -> votes for {candidate}")),
            Why::AlreadyVoted { candidate, voted_for, term } => {
                write!(f, "already voted for {voted_for} in term {term} -> rejects {candidate}")
            }
            Why::CandidateLogBehind { candidate, theirs, ours } => write!(
                f,
                "{candidate}'s log ({theirs}) is behind its own ({ours}) -> rejects {candidate}"
            ),
            Why::VoteCounted { from, candidate, pre_vote, granted, tally } => {
                let verb = match (pre_vote, granted) {
                    (true, true) => "would vote for",
                    (true, false) => "would not vote for",
                    (false, true) => "votes for",
                    (false, false) => "rejects",
                };
                write!(f, "{from} {verb} {candidate} -> {tally}")
            }
            Why::Elected { term, tally } => {
                write!(f, "{tally} -> leader of term {term}")
            }
            Why::ElectionLost { term, denied, voters } => write!(
                f,
                "{denied} of {voters} voters have rejected it -> cannot win term {term}, returns \
                 to follower"
            ),
            _ => return None,
        })
    }

    fn write_pre_votes(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::PreVoteStarted { proposed } => write!(
                f,
                "no leader was heard within the election timeout, and `pre-vote` is on -> asks \
                 for pre-votes for term {proposed}"
            ),
            Why::PreVoteGranted { candidate, proposed, up_to_date: true } => write!(
                f,
                "{candidate}'s log is at least as up to date, and term {proposed} is new -> would \
                 vote for {candidate}"
            ),
            Why::PreVoteGranted { candidate, proposed, up_to_date: false } => write!(
                f,
                "{candidate}'s log is behind, but `up-to-date` is off, and term {proposed} is new \
                 -> would vote for {candidate}"
            ),
            Why::PreVoteTermOld { candidate, proposed, ours } => write!(
                f,
                "term {proposed} is not above its own {ours} -> would not vote for {candidate}"
            ),
            Why::PreVoteWon { term, tally } => {
                write!(f, "{tally} -> campaigns in term {term}")
            }
            _ => return None,
        })
    }

    fn write_roles(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::Started { term, voted_for, last_index } => {
                let vote = Name(voted_for);
                write!(
                    f,
                    "the disk holds term {term}, vote {vote}, a log up to {last_index} -> \
                     follower in term {term}"
                )
            }
            Why::TimedOut { term, transfer: false } => write!(
                f,
                "no leader was heard within the election timeout (term {}) -> candidate in term \
                 {term}, votes for itself",
                term - 1
            ),
            Why::TimedOut { term, transfer: true } => write!(
                f,
                "the leader transfers its leadership (term {}) -> candidate in term {term}, votes \
                 for itself",
                term - 1
            ),
            Why::NoVoter => f.write_str("it has no vote in its configuration -> does not campaign"),
            Why::CandidateIgnored { candidate, leads: true, .. } => {
                write!(f, "it leads this term itself -> ignores {candidate}")
            }
            Why::CandidateIgnored { candidate, leader: Some(leader), .. } => write!(
                f,
                "heard from leader {leader} within the election timeout -> ignores {candidate}"
            ),
            Why::CandidateIgnored { candidate, leader: None, .. } => write!(
                f,
                "it may have acknowledged a lease before it crashed -> ignores {candidate}"
            ),
            Why::QuorumLost { heard, voters } => write!(
                f,
                "only {heard} of {voters} voters were heard within an election timeout -> steps \
                 down"
            ),
            Why::LeaderRecognized { leader, term } => write!(
                f,
                "{leader} leads term {term}, this candidate's own -> returns to follower, keeps \
                 its vote"
            ),
            Why::RivalLeader { leader, term } => write!(
                f,
                "{leader} leads term {term} too, although the rules allow one leader -> ignores it"
            ),
            Why::NoopAppended { index, term } => write!(
                f,
                "new leader of term {term} -> appends a no-op as entry {index} so that it can \
                 commit"
            ),
            _ => return None,
        })
    }

    fn write_transfer(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::TransferRefused { to, leads: true } => {
                write!(f, "{to} leads already or has no vote -> leadership stays here")
            }
            Why::TransferRefused { to, leads: false } => {
                write!(f, "not the leader -> cannot transfer leadership to {to}")
            }
            Why::TransferStarted { to } => write!(
                f,
                "leadership is to be transferred to {to} -> takes no new requests and brings {to} \
                 up to date"
            ),
            Why::TimeoutNowSent { to, last_index } => {
                write!(f, "{to} has all entries up to {last_index} -> asks it to campaign at once")
            }
            Why::TransferTimedOut { to } => write!(
                f,
                "{to} did not become leader within an election timeout -> takes requests again"
            ),
            Why::RefusedDuringTransfer { client, to } => {
                write!(f, "leadership is being transferred to {to} -> rejects {client} for now")
            }
            _ => return None,
        })
    }

    fn write_follower(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::LeaderHeard { leader, prev: 0 } => {
                write!(f, "heard from leader {leader} -> resets its election timer")
            }
            Why::LeaderHeard { leader, prev } => write!(
                f,
                "heard from leader {leader}, logs match up to {prev} -> resets its election timer"
            ),
            Why::Appended { from, to } if from == to => {
                write!(f, "the previous entry matches -> appends entry {from}")
            }
            Why::Appended { from, to } => {
                write!(f, "the previous entry matches -> appends entries {from} to {to}")
            }
            Why::AlreadyPresent { from, to } if from == to => {
                write!(f, "entry {from} is in the log already -> appends nothing")
            }
            Why::AlreadyPresent { from, to } => {
                write!(f, "entries {from} to {to} are in the log already -> appends nothing")
            }
            Why::Conflict { index, ours, theirs, removed } => write!(
                f,
                "entry {index} has term {ours} here and term {theirs} in the leader's log -> \
                 deletes {}, from index {index}",
                Counted(removed, "conflicting entry", "conflicting entries")
            ),
            Why::DeletedWithoutConflict { from, removed } => write!(
                f,
                "`conflict-only` is off -> deletes {} without a conflict, from index {from}",
                Counted(removed, "entry", "entries")
            ),
            Why::PrevMissing { prev, last } => {
                write!(f, "the log ends at {last}, before the previous entry {prev} -> rejects")
            }
            Why::PrevDiffers { prev, theirs, ours } => {
                write!(f, "the previous entry {prev} has term {ours} here, not {theirs} -> rejects")
            }
            Why::CommitLearned { index, leader_commit } if index == leader_commit => write!(
                f,
                "the leader has committed up to {index} and this log matches -> commit index \
                 {index}"
            ),
            Why::CommitLearned { index, leader_commit } => write!(
                f,
                "the leader has committed up to {leader_commit} and this log matches up to \
                 {index} -> commit index {index}"
            ),
            _ => return None,
        })
    }

    fn write_leader(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::HeartbeatSent { followers, commit } => write!(
                f,
                "the heartbeat is due -> AppendEntries to {}, commit index {commit}",
                Counted(followers as u64, "server", "servers")
            ),
            Why::Matched { from, index } => {
                write!(f, "{from} accepts -> its match index is {index}")
            }
            Why::NothingNew { .. } => f.write_str("nothing new to acknowledge -> stays leader"),
            Why::BackedUp { from, next, skipped, conflict_term } => write!(
                f,
                "{from} rejects at an entry of term {conflict_term} -> next index {next}, goes \
                 back past {}",
                Counted(skipped, "entry", "entries")
            ),
            Why::Resent { to, from } => write!(
                f,
                "{to} replied to a later message only -> sends entries again, from {from}"
            ),
            Why::AcknowledgedEntriesLost { from, acknowledged, has } => write!(
                f,
                "{from} had acknowledged up to {acknowledged} and now matches at most up to {has} \
                 -> no longer counts its copies"
            ),
            _ => return None,
        })
    }

    fn write_commit(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::Committed { index, copies, voters, joint } => {
                let of_both = if joint { ", enough of the old and of the new ones" } else { "" };
                write!(
                    f,
                    "entry {index} is stored on {copies} of {voters} voters{of_both} -> commit \
                     index {index}"
                )
            }
            Why::OldTermNotCounted { index, entry_term, term } => write!(
                f,
                "entry {index} is stored on enough voters, but is of term {entry_term}, not of its \
                 own term {term} -> not committed by counting"
            ),
            Why::AppliedUpTo { index } => {
                write!(f, "committed up to {index} -> applies up to {index}")
            }
            Why::DuplicateSkipped { client, serial } => {
                write!(
                    f,
                    "{client}'s command {serial} was applied before -> does not apply it again"
                )
            }
            Why::SessionExpired { client, serial } => write!(
                f,
                "{client}'s session has expired, and command {serial} may have been applied -> \
                 answers with an error"
            ),
            _ => return None,
        })
    }

    fn write_requests(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::Proposed { client, serial, index } => write!(
                f,
                "the leader receives a command -> appends {client}'s command {serial} as entry \
                 {index}"
            ),
            Why::Redirected { client, leader: Some(leader) } => {
                write!(f, "not the leader -> redirects {client} to {leader}")
            }
            Why::Redirected { client, leader: None } => {
                write!(f, "not the leader and knows none -> rejects {client}")
            }
            Why::Forwarded { client, leader } => {
                write!(f, "not the leader -> forwards {client}'s request to {leader}")
            }
            _ => return None,
        })
    }

    fn write_reads(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::ReadAnswered { client, applied, confirmed: true } => {
                write!(f, "leadership is confirmed and {applied} is applied -> answers {client}")
            }
            Why::ReadAnswered { client, applied, confirmed: false } => write!(
                f,
                "this read needs no confirmation -> answers {client} from what is applied here \
                 ({applied}), may be stale"
            ),
            Why::ReadWaitsForQuorum { client, read_index, round } => write!(
                f,
                "{client}'s read must see entries up to {read_index} -> asks a majority whether \
                 it still leads (round {round})"
            ),
            Why::ReadWaitsForTerm { client, term } => write!(
                f,
                "no entry of its own term {term} is committed yet -> {client}'s read waits"
            ),
            Why::ReadDropped { client } => {
                write!(f, "no longer the leader -> redirects {client}'s read")
            }
            Why::LeaseHeld { client } => write!(
                f,
                "a majority replied within the lease, so nobody else can lead yet -> answers \
                 {client} without asking"
            ),
            _ => return None,
        })
    }

    fn write_membership(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::ChangeRefused { change, refusal } => write!(f, "{refusal} -> refuses `{change}`"),
            Why::ConfigurationAppended { change, index, configuration } => write!(
                f,
                "`{change}`, and no other change is pending -> appends {configuration} as entry \
                 {index}, in force at once"
            ),
            Why::ConfigurationAdopted { index, configuration } => {
                write!(f, "entry {index} is a configuration -> {configuration} is in force")
            }
            Why::ConfigurationRolledBack { index, configuration } => write!(
                f,
                "the log has lost the configuration of entry {index} -> {configuration} is in \
                 force again"
            ),
            Why::JointConfigurationLeft { index, configuration } => write!(
                f,
                "the joint configuration is committed -> appends {configuration} as entry \
                 {index}, in force at once"
            ),
            Why::RemovedServerIgnored { from, theirs, ours } => write!(
                f,
                "{from} was removed, and its term is higher ({theirs} > {ours}) -> ignores it, \
                 sends it nothing more"
            ),
            Why::RemovedLeaderStepsDown { index } => write!(
                f,
                "entry {index} is committed, a configuration without a vote for this leader -> \
                 steps down"
            ),
            _ => return None,
        })
    }

    fn write_snapshots(&self, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        Some(match *self {
            Why::Compacted { last_index, entries } => write!(
                f,
                "entries up to {last_index} are applied -> a snapshot replaces the last {}",
                Counted(entries, "of them", "of them")
            ),
            Why::NothingToCompact { applied } => write!(
                f,
                "nothing was applied since the snapshot up to {applied} -> takes no new snapshot"
            ),
            Why::SnapshotNeeded { to, next, last_index } => write!(
                f,
                "{to} needs entry {next}, which is compacted -> sends the snapshot up to \
                 {last_index}"
            ),
            Why::ChunkReceived { last_index, items } => write!(
                f,
                "{} of the snapshot up to {last_index} received -> waits for the rest",
                Counted(items as u64, "item", "items")
            ),
            Why::ChunkAcknowledged { from, items } => write!(
                f,
                "{from} has {} of the snapshot -> sends the next piece",
                Counted(items as u64, "item", "items")
            ),
            Why::ChunkResent { to } => write!(
                f,
                "{to} replied to a later message only -> sends the piece of the snapshot again"
            ),
            Why::SnapshotInstalled { last_index, discarded: 0 } => {
                write!(f, "the snapshot up to {last_index} is complete -> installs it")
            }
            Why::SnapshotInstalled { last_index, discarded } => write!(
                f,
                "the snapshot up to {last_index} is complete and the log does not match it -> \
                 installs it, discards {}",
                Counted(discarded, "entry", "entries")
            ),
            Why::SnapshotNotNeeded { last_index, commit } => write!(
                f,
                "the snapshot ends at {last_index}, and the log is committed up to {commit} -> \
                 does not install it"
            ),
            _ => return None,
        })
    }
}

/// A count with its noun.
struct Counted(u64, &'static str, &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counted(count, one, many) = *self;
        write!(f, "{count} {}", if count == 1 { one } else { many })
    }
}

/// A server, or "none".
struct Name(Option<ServerId>);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(server) => server.fmt(f),
            None => f.write_str("none"),
        }
    }
}
