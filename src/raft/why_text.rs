//! Reasons in words: `fact (numbers) -> decision`.

use std::fmt;

use super::membership::Refusal;
use super::types::ServerId;
use super::why::Why;

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Why::Started { term, voted_for, last_index } => {
                let vote = Name(voted_for);
                write!(
                    f,
                    "the disk holds term {term}, vote {vote}, {last_index} entries -> follower in term {term}"
                )
            }
            Why::TimedOut { term } => write!(
                f,
                "no leader was heard within the election timeout (term {}) -> candidate in term {term}, votes for itself",
                term - 1
            ),
            Why::NoVoter => f.write_str("it has no vote in its configuration -> does not campaign"),
            Why::TermHigher { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} is of a higher term ({theirs} > {ours}) -> follower in term {theirs}"
                )
            }
            Why::TermHigherIgnored { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} is of a higher term ({theirs} > {ours}), and `step-down` is off -> ignored"
                )
            }
            Why::TermStale { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} is of an older term ({theirs} < {ours}) -> refused, with term {ours}"
                )
            }
            Why::LateReply { kind, theirs, ours } => {
                write!(
                    f,
                    "{kind} of term {theirs} answers nothing that is asked now (term {ours}) -> ignored"
                )
            }
            Why::AsksFirst { proposed } => write!(
                f,
                "no leader was heard within the election timeout, and `pre-vote` is on -> asks who would vote for it in term {proposed}"
            ),
            Why::PreVoteGranted { candidate, proposed } => {
                write!(
                    f,
                    "{candidate}'s log is at least as up to date, and term {proposed} is new -> would vote for {candidate}"
                )
            }
            Why::PreVoteTermBehind { candidate, proposed, ours } => {
                write!(
                    f,
                    "term {proposed} is not above its own {ours} -> would not vote for {candidate}"
                )
            }
            Why::CouldWin { term, have, voters } => {
                write!(f, "{have} of {voters} would vote for it -> campaigns in term {term}")
            }
            Why::Loyal { candidate, leader: None } => write!(
                f,
                "it may have promised a leader to be loyal before it went down -> does not listen to {candidate}"
            ),
            Why::Loyal { candidate, leader } => {
                let leader = Name(leader);
                write!(
                    f,
                    "its leader {leader} was heard within the election timeout -> does not listen to {candidate}"
                )
            }
            Why::QuorumLost { heard, voters } => {
                write!(
                    f,
                    "only {heard} of {voters} were heard within an election timeout -> steps down"
                )
            }
            Why::TransferRefused { to, leads: true } => {
                write!(f, "{to} is this leader itself or has no vote -> leadership stays")
            }
            Why::TransferRefused { to, leads: false } => {
                write!(f, "this server does not lead -> cannot hand over to {to}")
            }
            Why::TransferBegun { to } => {
                write!(
                    f,
                    "leadership is to go to {to} -> takes no new commands and brings {to} up to date"
                )
            }
            Why::HandsOver { to, last_index } => {
                write!(f, "{to} has all entries up to {last_index} -> tells it to campaign at once")
            }
            Why::TransferGivenUp { to } => {
                write!(f, "{to} has not taken over within an election timeout -> leads on")
            }
            Why::HandingOver { client, to } => {
                write!(f, "leadership is going to {to} -> refuses {client} for now")
            }
            Why::VoteGranted { candidate, theirs, ours } => write!(
                f,
                "no vote given in this term, and {candidate}'s log ({theirs}) is at least as up to date as its own ({ours}) -> votes for {candidate}"
            ),
            Why::VoteTaken { candidate, voted_for, term } => {
                write!(f, "the vote of term {term} is {voted_for}'s -> refuses {candidate}")
            }
            Why::VoteLogBehind { candidate, theirs, ours } => write!(
                f,
                "{candidate}'s log ({theirs}) is behind its own ({ours}) -> refuses {candidate}"
            ),
            Why::VoteCounted { from, granted, have, needed, joint } => {
                let said = if granted { "yes" } else { "no" };
                write!(f, "{from} says {said} -> {have} ")?;
                if joint {
                    f.write_str("votes, and majorities of the old and of the new voters are needed")
                } else {
                    write!(f, "of {needed} votes needed")
                }
            }
            Why::Elected { term, have, voters, joint } => {
                let of = majority(joint);
                write!(f, "{have} of {voters} votes are {of} -> leader of term {term}")
            }
            Why::Defeated { term, refused, voters } => {
                write!(
                    f,
                    "{refused} of {voters} have refused -> cannot win term {term}, follower again"
                )
            }
            Why::Conceded { leader, term } => {
                write!(
                    f,
                    "{leader} leads term {term}, this candidate's own -> follower, keeps its vote"
                )
            }
            Why::RivalLeader { leader, term } => {
                write!(
                    f,
                    "{leader} leads term {term} too, which a rule would have prevented -> ignored"
                )
            }
            Why::NoopAppended { index, term } => {
                write!(
                    f,
                    "it is the first entry of its own term {term} -> appends a no-op at index {index}"
                )
            }
            Why::Beat { followers, commit } => {
                write!(
                    f,
                    "the heartbeat is due -> AppendEntries to {followers} servers, commit {commit}"
                )
            }
            Why::LeaderHeard { leader, prev } => {
                write!(
                    f,
                    "{leader} leads, and the logs agree up to {prev} -> election timer starts anew"
                )
            }
            Why::Appended { from, to } if from == to => {
                write!(f, "the previous entry matches -> appends entry {from}")
            }
            Why::Appended { from, to } => {
                write!(f, "the previous entry matches -> appends entries {from} to {to}")
            }
            Why::AlreadyThere { from, to } => {
                write!(f, "entries {from} to {to} are there already -> nothing is removed")
            }
            Why::Conflict { index, ours, theirs, removed } => write!(
                f,
                "entry {index} is of term {ours} here and of term {theirs} in the leader's log -> removes {removed} from {index} on"
            ),
            Why::RemovedWithoutConflict { from, removed } => {
                write!(
                    f,
                    "`conflict-only` is off -> removes {removed} from {from} on without a conflict"
                )
            }
            Why::PrevMissing { prev, last } => {
                write!(f, "the log ends at {last}, before the previous entry {prev} -> refused")
            }
            Why::PrevDiffers { prev, theirs, ours } => {
                write!(
                    f,
                    "the previous entry {prev} is of term {ours} here, not {theirs} -> refused"
                )
            }
            Why::Matched { from, index } => {
                write!(f, "{from} has acknowledged -> match index {index}")
            }
            Why::StillFollows { from, index } => {
                write!(f, "{from} agrees up to {index}, as was known -> goes on leading")
            }
            Why::BackedUp { from, next, skipped, conflict_term } => write!(
                f,
                "{from} refused at an entry of term {conflict_term} -> next index {next}, {skipped} skipped at once"
            ),
            Why::Resent { to, from } => {
                write!(f, "{to} answered a later message only -> sends again from {from} on")
            }
            Why::Forgotten { from, acknowledged, has } => {
                write!(
                    f,
                    "{from} acknowledged {acknowledged} and now ends at {has}: its disk was lost -> starts over"
                )
            }
            Why::Committed { index, copies, voters, joint: true } => {
                write!(
                    f,
                    "entry {index} of its own term is stable on {copies} of {voters}, {} -> commit index {index}",
                    majority(true)
                )
            }
            Why::Committed { index, copies, voters, joint: false } => {
                write!(
                    f,
                    "entry {index} of its own term is stable on {copies} of {voters} -> commit index {index}"
                )
            }
            Why::OldTermNotCounted { index, entry_term, term } => write!(
                f,
                "entry {index} stands on a majority, but is of term {entry_term}, not of its own {term} -> not committed by counting"
            ),
            Why::CommitLearned { index, leader_commit } => write!(
                f,
                "the leader's commit index is {leader_commit}, and this message verified the log -> commit index {index}"
            ),
            Why::AppliedUpTo { index } => {
                write!(f, "committed up to {index} -> applied up to {index}")
            }
            Why::DuplicateSkipped { client, serial } => {
                write!(
                    f,
                    "command {serial} of {client} has been applied before -> not applied again"
                )
            }
            Why::Proposed { client, serial, index } => {
                write!(f, "command {serial} of {client} has reached the leader -> entry {index}")
            }
            Why::Redirected { client, leader: Some(leader) } => {
                write!(f, "this server does not lead -> sends {client} to {leader}")
            }
            Why::Redirected { client, leader: None } => {
                write!(f, "this server does not lead and knows no leader -> refuses {client}")
            }
            Why::Forwarded { client, leader } => {
                write!(
                    f,
                    "this server does not lead -> passes the request of {client} on to {leader}"
                )
            }
            Why::ReadAnswered { client, applied, confirmed: true } => {
                write!(f, "leadership is confirmed, and {applied} is applied -> answers {client}")
            }
            Why::ReadAnswered { client, applied, confirmed: false } => {
                write!(
                    f,
                    "nobody is asked -> answers {client} from what is applied here ({applied}), perhaps stale"
                )
            }
            Why::ReadWaitsForQuorum { client, read_index, round } => write!(
                f,
                "the read of {client} must see {read_index} -> asks a majority whether it still leads (round {round})"
            ),
            Why::ReadWaitsForTerm { client, term } => write!(
                f,
                "no entry of its own term {term} is committed yet -> the read of {client} waits"
            ),
            Why::ReadDropped { client } => {
                write!(f, "it does not lead any more -> gives up the read of {client}")
            }
            Why::Compacted { last_index, entries } => write!(
                f,
                "entries up to {last_index} are applied -> a snapshot stands for the last {entries} of them"
            ),
            Why::NothingToCompact { applied } => {
                write!(f, "nothing was applied since the snapshot at {applied} -> no new one")
            }
            Why::SnapshotNeeded { to, next, last_index } => write!(
                f,
                "{to} needs entry {next}, which is compacted away -> sends the snapshot that ends at {last_index}"
            ),
            Why::ChunkReceived { last_index, items } => write!(
                f,
                "{items} items of the snapshot that ends at {last_index} are here -> waits for the rest"
            ),
            Why::ChunkAcknowledged { from, items } => {
                write!(f, "{from} has {items} items of the snapshot -> sends the next piece")
            }
            Why::ChunkResent { to } => {
                write!(
                    f,
                    "{to} answered a later message only -> sends the piece of the snapshot again"
                )
            }
            Why::SnapshotInstalled { last_index, discarded: 0 } => write!(
                f,
                "the snapshot up to {last_index} is complete and the log does not contradict it -> takes it, keeps what follows"
            ),
            Why::SnapshotInstalled { last_index, discarded } => write!(
                f,
                "the snapshot up to {last_index} is complete and the log does not agree with it -> takes it, discards all {discarded} entries"
            ),
            Why::SnapshotNotNeeded { last_index, commit } => write!(
                f,
                "the snapshot ends at {last_index}, and the log is committed up to {commit} -> nothing to do"
            ),
            Why::SessionExpired { client, serial } => write!(
                f,
                "the session of {client} has expired, and command {serial} may have been applied -> an error, not a second application"
            ),
            Why::LeaseHeld { client } => write!(
                f,
                "a majority has answered within the lease, so nobody else can lead yet -> answers {client} without asking"
            ),
            Why::ChangeRefused { change, refusal } => write!(f, "{refusal} -> no `{change}`"),
            Why::ConfigurationAppended { change, index, configuration } => write!(
                f,
                "`{change}` was asked for, and no change is pending -> entry {index} puts {configuration} in force"
            ),
            Why::ConfigurationAdopted { index, configuration } => {
                write!(f, "entry {index} is a configuration -> {configuration} is in force")
            }
            Why::ConfigurationTakenBack { index, configuration } => write!(
                f,
                "the configuration of entry {index} is gone from the log -> {configuration} is in force again"
            ),
            Why::JointLeft { index, configuration } => write!(
                f,
                "the joint configuration is committed -> entry {index} puts {configuration} alone in force"
            ),
            Why::LeftWithHigherTerm { from, theirs, ours } => write!(
                f,
                "{from} has left the configuration, and its term is higher ({theirs} > {ours}) -> does not listen to it any more"
            ),
            Why::LeaderLeaves { index } => write!(
                f,
                "the configuration of entry {index} is committed, and it is not in it -> steps down"
            ),
            Why::Stable { up_to } => write!(f, "the write is stable -> may promise up to {up_to}"),
        }
    }
}

fn majority(joint: bool) -> &'static str {
    if joint { "majorities of the old and of the new voters" } else { "a majority" }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotLeading => f.write_str("this server does not lead"),
            Refusal::HandingOver(to) => write!(f, "leadership is going to {to}"),
            Refusal::Pending(index) => {
                write!(f, "the change of entry {index} is not finished yet")
            }
            Refusal::TooEarly(term) => {
                write!(f, "no entry of its own term {term} is committed yet")
            }
            Refusal::AlreadySo => f.write_str("it is so already"),
            Refusal::NoLearner(server) => write!(f, "{server} is no learner"),
            Refusal::NoVoters => f.write_str("no voter would be left"),
        }
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
