//! Wrong reasons: true ones with one thing changed.

use raftarium::raft::{
    AcknowledgementWhy, AppendWhy, CampaignCause, CatchUpWhy, CommitWhy, ElectionWhy,
    MembershipWhy, PreVoteWhy, QuorumWhy, ReadGround, ReadWhy, ReplicationWhy, RequestWhy, Role,
    ServerId, ServerSet, SessionWhy, SnapshotWhy, StickyLeader, TermWhy, TransferWhy, VoteTally,
    VoteWhy, VoterCount, Why,
};

/// The names of all mutations.
pub const ALL: [&str; 55] = [
    "a higher term",
    "an older term",
    "another role",
    "a stale term",
    "a late term",
    "a start in another term",
    "a start with another commit index",
    "a start in another role",
    "a start that writes other entries",
    "a start with another timeout",
    "a campaign in a later term",
    "a campaign for another cause",
    "a win by more votes",
    "a loss by more votes",
    "another leader",
    "no vote yet",
    "a vote for a longer log",
    "a log that is not behind",
    "a vote for another server",
    "an own vote that is another's",
    "a vote counted twice",
    "a vote counted the other way",
    "a pre-vote for a later term",
    "a pre-vote for a longer log",
    "a leader heard that is none",
    "a majority heard",
    "a transfer to another server",
    "TimeoutNow with another index",
    "a no-op at another index",
    "one heartbeat too many",
    "a heartbeat fired by a person",
    "entries sent again from elsewhere",
    "a larger match index",
    "nothing new where there is",
    "a match index that rises",
    "another next index",
    "a heartbeat that matches further",
    "one entry more appended",
    "an unchecked append",
    "one entry more deleted",
    "another previous entry",
    "one copy more",
    "another commit index",
    "a larger commit index of the leader",
    "applied further",
    "a command at another index",
    "another leader for a client",
    "another command of a session",
    "a read confirmed in another round",
    "a read that sees more",
    "a configuration at another index",
    "a configuration with other voters",
    "a round with another goal",
    "a round at another time",
    "a snapshot of another length",
];

fn other(server: ServerId) -> ServerId {
    ServerId::from_slot((server.slot() + 1) % 5)
}

fn more(count: VoterCount) -> VoterCount {
    let mut count = count;
    count.voters.have += 1;
    count
}

fn more_votes(tally: VoteTally) -> VoteTally {
    VoteTally { votes: more(tally.votes), ..tally }
}

/// The reason with one thing changed, in each of these ways.
pub fn of(why: &Why) -> Vec<(&'static str, Why)> {
    let mut wrong: Vec<(&'static str, Why)> = Vec::new();
    match *why {
        Why::Term(why) => term(why, &mut wrong),
        Why::Election(why) => election(why, &mut wrong),
        Why::Vote(why) => vote(why, &mut wrong),
        Why::PreVote(why) => pre_vote(why, &mut wrong),
        Why::Quorum(why) => quorum(why, &mut wrong),
        Why::Transfer(why) => transfer(why, &mut wrong),
        Why::Replication(why) => replication(why, &mut wrong),
        Why::Acknowledgement(why) => acknowledgement(why, &mut wrong),
        Why::Append(why) => append(why, &mut wrong),
        Why::Commit(why) => commit(why, &mut wrong),
        Why::Request(why) => request(why, &mut wrong),
        Why::Session(why) => session(why, &mut wrong),
        Why::Read(why) => read(why, &mut wrong),
        Why::Membership(why) => membership(why, &mut wrong),
        Why::CatchUp(why) => catch_up(why, &mut wrong),
        Why::Snapshot(why) => snapshot(why, &mut wrong),
        Why::Stopped(_) => {}
    }
    wrong
}

type Wrong = Vec<(&'static str, Why)>;

fn term(why: TermWhy, wrong: &mut Wrong) {
    match why {
        TermWhy::HigherTermAdopted { kind, theirs, ours, role } => {
            let higher = TermWhy::HigherTermAdopted { kind, theirs: theirs + 1, ours, role };
            wrong.push(("a higher term", higher.into()));
            let older = TermWhy::HigherTermAdopted { kind, theirs, ours: ours + 1, role };
            wrong.push(("an older term", older.into()));
            let new = if role == Role::Leader { Role::Follower } else { Role::Leader };
            let other = TermWhy::HigherTermAdopted { kind, theirs, ours, role: new };
            wrong.push(("another role", other.into()));
        }
        TermWhy::StaleTermRejected { kind, theirs, ours } => {
            let stale = TermWhy::StaleTermRejected { kind, theirs: theirs + 1, ours };
            wrong.push(("a stale term", stale.into()));
        }
        TermWhy::LateReply { kind, theirs, ours } => {
            let late = TermWhy::LateReply { kind, theirs, ours: ours + 1 };
            wrong.push(("a late term", late.into()));
        }
        TermWhy::HigherTermIgnored { .. } => {}
    }
}

fn election(why: ElectionWhy, wrong: &mut Wrong) {
    match why {
        why @ ElectionWhy::Started { .. } => start(why, wrong),
        ElectionWhy::Campaigned { term, cause, fixed_timeout } => {
            let later = ElectionWhy::Campaigned { term: term + 1, cause, fixed_timeout };
            wrong.push(("a campaign in a later term", later.into()));
            let cause = match cause {
                CampaignCause::NoLeader => CampaignCause::NoResult,
                _ => CampaignCause::NoLeader,
            };
            let why = ElectionWhy::Campaigned { term, cause, fixed_timeout };
            wrong.push(("a campaign for another cause", why.into()));
        }
        ElectionWhy::Elected { term, tally } => {
            let why = ElectionWhy::Elected { term, tally: more_votes(tally) };
            wrong.push(("a win by more votes", why.into()));
        }
        ElectionWhy::ElectionLost { term, denied, pre_vote } => {
            let why = ElectionWhy::ElectionLost { term, denied: more(denied), pre_vote };
            wrong.push(("a loss by more votes", why.into()));
        }
        ElectionWhy::LeaderRecognized { leader, term, pre_vote } => {
            let leader = other(leader);
            let why = ElectionWhy::LeaderRecognized { leader, term, pre_vote };
            wrong.push(("another leader", why.into()));
        }
        ElectionWhy::NoVoter | ElectionWhy::RivalLeader { .. } => {}
    }
}

fn start(why: ElectionWhy, wrong: &mut Wrong) {
    let names = [
        "a start in another term",
        "a start with another commit index",
        "a start in another role",
        "a start that writes other entries",
        "a start with another timeout",
    ];
    for (way, name) in names.into_iter().enumerate() {
        let mut why = why;
        let ElectionWhy::Started { term, given_commit, role, persist_log, fixed_timeout, .. } =
            &mut why
        else {
            return;
        };
        match way {
            0 => *term += 1,
            1 => *given_commit += 1,
            2 => *role = if *role == Role::Learner { Role::Follower } else { Role::Learner },
            3 => *persist_log = !*persist_log,
            _ => *fixed_timeout = !*fixed_timeout,
        }
        wrong.push((name, why.into()));
    }
}

fn vote(why: VoteWhy, wrong: &mut Wrong) {
    match why {
        VoteWhy::Granted { candidate, voted_for, theirs, ours } => {
            if voted_for.is_some() {
                let why = VoteWhy::Granted { candidate, voted_for: None, theirs, ours };
                wrong.push(("no vote yet", why.into()));
            }
            let mut longer = theirs;
            longer.index += 1;
            let why = VoteWhy::Granted { candidate, voted_for, theirs: longer, ours };
            wrong.push(("a vote for a longer log", why.into()));
        }
        VoteWhy::CandidateLogBehind { candidate, theirs, ours } => {
            let why = VoteWhy::CandidateLogBehind { candidate, theirs: ours, ours: theirs };
            wrong.push(("a log that is not behind", why.into()));
        }
        VoteWhy::AlreadyVoted { candidate, voted_for, own, term } => {
            let why = VoteWhy::AlreadyVoted { candidate, voted_for: other(voted_for), own, term };
            wrong.push(("a vote for another server", why.into()));
            let why = VoteWhy::AlreadyVoted { candidate, voted_for, own: !own, term };
            wrong.push(("an own vote that is another's", why.into()));
        }
        VoteWhy::Counted { from, candidate, granted, tally } => {
            let twice = VoteWhy::Counted { from, candidate, granted, tally: more_votes(tally) };
            wrong.push(("a vote counted twice", twice.into()));
            let why = VoteWhy::Counted { from, candidate, granted: !granted, tally };
            wrong.push(("a vote counted the other way", why.into()));
        }
        VoteWhy::SentUnwritten { .. } | VoteWhy::LeadsTerm { .. } | VoteWhy::NotCounted { .. } => {}
    }
}

fn pre_vote(why: PreVoteWhy, wrong: &mut Wrong) {
    match why {
        PreVoteWhy::Started { proposed, cause, fixed_timeout } => {
            let proposed = proposed + 1;
            let why = PreVoteWhy::Started { proposed, cause, fixed_timeout };
            wrong.push(("a pre-vote for a later term", why.into()));
        }
        PreVoteWhy::Granted { candidate, proposed, theirs, ours, leader } => {
            let mut longer = theirs;
            longer.index += 1;
            let why = PreVoteWhy::Granted { candidate, proposed, theirs: longer, ours, leader };
            wrong.push(("a pre-vote for a longer log", why.into()));
        }
        PreVoteWhy::TermOld { .. }
        | PreVoteWhy::LogBehind { .. }
        | PreVoteWhy::NotCounted { .. }
        | PreVoteWhy::Won { .. } => {}
    }
}

fn quorum(why: QuorumWhy, wrong: &mut Wrong) {
    match why {
        QuorumWhy::CandidateIgnored { candidate, leader, demand } => {
            let leader = match leader {
                StickyLeader::Heard(_) => StickyLeader::LeaseAcknowledged,
                _ => StickyLeader::Heard(candidate),
            };
            let why = QuorumWhy::CandidateIgnored { candidate, leader, demand };
            wrong.push(("a leader heard that is none", why.into()));
        }
        QuorumWhy::Lost { heard } => {
            let why = QuorumWhy::Lost { heard: more(heard) };
            wrong.push(("a majority heard", why.into()));
        }
        QuorumWhy::StrangerHeard { .. } | QuorumWhy::Kept { .. } => {}
    }
}

fn transfer(why: TransferWhy, wrong: &mut Wrong) {
    match why {
        TransferWhy::Started { to } => {
            let why = TransferWhy::Started { to: other(to) };
            wrong.push(("a transfer to another server", why.into()));
        }
        TransferWhy::TimeoutNowSent { to, last_index } => {
            let why = TransferWhy::TimeoutNowSent { to, last_index: last_index + 1 };
            wrong.push(("TimeoutNow with another index", why.into()));
        }
        TransferWhy::NotLeading { .. }
        | TransferWhy::LeadsAlready
        | TransferWhy::NoVoter { .. }
        | TransferWhy::GivenUp { .. }
        | TransferWhy::RequestRefused { .. }
        | TransferWhy::NotItsFollower { .. }
        | TransferWhy::TargetNoVoter { .. } => {}
    }
}

fn replication(why: ReplicationWhy, wrong: &mut Wrong) {
    match why {
        ReplicationWhy::NoopAppended { index, term } => {
            let why = ReplicationWhy::NoopAppended { index: index + 1, term };
            wrong.push(("a no-op at another index", why.into()));
        }
        ReplicationWhy::HeartbeatSent { followers, commit, fired } => {
            let followers = followers + 1;
            let many = ReplicationWhy::HeartbeatSent { followers, commit, fired };
            wrong.push(("one heartbeat too many", many.into()));
            let followers = followers - 1;
            let why = ReplicationWhy::HeartbeatSent { followers, commit, fired: !fired };
            wrong.push(("a heartbeat fired by a person", why.into()));
        }
        ReplicationWhy::Resent { to, from } => {
            let why = ReplicationWhy::Resent { to, from: from + 7 };
            wrong.push(("entries sent again from elsewhere", why.into()));
        }
        ReplicationWhy::NoNoop { .. } | ReplicationWhy::OwnCopyUnwritten { .. } => {}
    }
}

fn acknowledgement(why: AcknowledgementWhy, wrong: &mut Wrong) {
    match why {
        AcknowledgementWhy::Matched { from, index } => {
            let larger = AcknowledgementWhy::Matched { from, index: index + 1 };
            wrong.push(("a larger match index", larger.into()));
            let nothing = AcknowledgementWhy::NothingNew { from, index, match_index: index };
            wrong.push(("nothing new where there is", nothing.into()));
        }
        AcknowledgementWhy::BackedUp { from, conflict, next, skipped } => {
            let next = next + 1;
            let why = AcknowledgementWhy::BackedUp { from, conflict, next, skipped };
            wrong.push(("another next index", why.into()));
        }
        AcknowledgementWhy::NothingNew { from, index, match_index } => {
            let match_index = match_index + 1;
            let why = AcknowledgementWhy::NothingNew { from, index, match_index };
            wrong.push(("a match index that rises", why.into()));
        }
        AcknowledgementWhy::LateRejection { .. }
        | AcknowledgementWhy::SnapshotOnItsWay { .. }
        | AcknowledgementWhy::NotLeading { .. }
        | AcknowledgementWhy::NotAFollower { .. }
        | AcknowledgementWhy::AcknowledgedEntriesLost { .. } => {}
    }
}

fn append(why: AppendWhy, wrong: &mut Wrong) {
    match why {
        AppendWhy::LeaderHeard { leader, prev } => {
            let prev = prev.map_or(Some(1), |prev| Some(prev + 1));
            let why = AppendWhy::LeaderHeard { leader, prev };
            wrong.push(("a heartbeat that matches further", why.into()));
        }
        AppendWhy::Appended { from, to, checked } => {
            let why = AppendWhy::Appended { from, to: to + 1, checked };
            wrong.push(("one entry more appended", why.into()));
            let why = AppendWhy::Appended { from, to, checked: !checked };
            wrong.push(("an unchecked append", why.into()));
        }
        AppendWhy::Conflict { index, ours, theirs, last } => {
            let why = AppendWhy::Conflict { index, ours, theirs, last: last + 1 };
            wrong.push(("one entry more deleted", why.into()));
        }
        AppendWhy::PrevMissing { prev, last } => {
            let why = AppendWhy::PrevMissing { prev: prev + 1, last };
            wrong.push(("another previous entry", why.into()));
        }
        AppendWhy::AcknowledgedUnwritten { .. }
        | AppendWhy::AlreadyPresent { .. }
        | AppendWhy::DeletedWithoutConflict { .. }
        | AppendWhy::PrevDiffers { .. }
        | AppendWhy::PrevUnchecked { .. } => {}
    }
}

fn commit(why: CommitWhy, wrong: &mut Wrong) {
    match why {
        CommitWhy::Committed { index, entry_term, term, copies } => {
            let one_more = more(copies);
            let why = CommitWhy::Committed { index, entry_term, term, copies: one_more };
            wrong.push(("one copy more", why.into()));
            let why = CommitWhy::Committed { index: index + 1, entry_term, term, copies };
            wrong.push(("another commit index", why.into()));
        }
        CommitWhy::Learned { index, leader_commit, checked } => {
            let leader_commit = leader_commit + 1;
            let why = CommitWhy::Learned { index, leader_commit, checked };
            wrong.push(("a larger commit index of the leader", why.into()));
        }
        CommitWhy::AppliedUpTo { index } => {
            let why = CommitWhy::AppliedUpTo { index: index + 1 };
            wrong.push(("applied further", why.into()));
        }
        CommitWhy::OldTermNotCounted { .. } => {}
    }
}

fn request(why: RequestWhy, wrong: &mut Wrong) {
    match why {
        RequestWhy::Proposed { client, serial, index } => {
            let why = RequestWhy::Proposed { client, serial, index: index + 1 };
            wrong.push(("a command at another index", why.into()));
        }
        RequestWhy::Redirected { client, leader } => {
            let leader = match leader {
                None => Some(ServerId::from_slot(0)),
                Some(leader) => Some(other(leader)),
            };
            let why = RequestWhy::Redirected { client, leader };
            wrong.push(("another leader for a client", why.into()));
        }
        RequestWhy::Forwarded { .. } => {}
    }
}

fn session(why: SessionWhy, wrong: &mut Wrong) {
    let why = match why {
        SessionWhy::RetryAnswered { client, serial } => {
            SessionWhy::RetryAnswered { client, serial: serial + 1 }
        }
        SessionWhy::RetryIgnored { client, serial } => {
            SessionWhy::RetryIgnored { client, serial: serial + 1 }
        }
        SessionWhy::DuplicateSkipped { client, serial, index } => {
            SessionWhy::DuplicateSkipped { client, serial: serial + 1, index }
        }
        SessionWhy::AppliedAgain { client, serial, applied, index } => {
            SessionWhy::AppliedAgain { client, serial: serial + 1, applied, index }
        }
        SessionWhy::AppendedAgain { client, serial, applied, index } => {
            SessionWhy::AppendedAgain { client, serial: serial + 1, applied, index }
        }
        SessionWhy::RetryRefused { .. } | SessionWhy::ExpiredSkipped { .. } => return,
    };
    wrong.push(("another command of a session", why.into()));
}

fn read(why: ReadWhy, wrong: &mut Wrong) {
    match why {
        ReadWhy::Answered {
            client,
            applied,
            ground: ReadGround::Confirmed { round, confirmed },
        } => {
            let ground = ReadGround::Confirmed { round, confirmed: more(confirmed) };
            let why = ReadWhy::Answered { client, applied, ground };
            wrong.push(("a read confirmed in another round", why.into()));
        }
        ReadWhy::WaitsForQuorum { client, read_index, round } => {
            let why = ReadWhy::WaitsForQuorum { client, read_index: read_index + 1, round };
            wrong.push(("a read that sees more", why.into()));
        }
        ReadWhy::Answered { .. } | ReadWhy::WaitsForTerm { .. } | ReadWhy::Dropped { .. } => {}
    }
}

fn membership(why: MembershipWhy, wrong: &mut Wrong) {
    match why {
        MembershipWhy::Appended { change, index, mut configuration, too_early } => {
            let index = index + 1;
            let why = MembershipWhy::Appended { change, index, configuration, too_early };
            wrong.push(("a configuration at another index", why.into()));
            let index = index - 1;
            configuration.voters = ServerSet::first(7);
            let why = MembershipWhy::Appended { change, index, configuration, too_early };
            wrong.push(("a configuration with other voters", why.into()));
        }
        MembershipWhy::Adopted { index, mut configuration } => {
            configuration.voters = ServerSet::first(7);
            let why = MembershipWhy::Adopted { index, configuration };
            wrong.push(("a configuration with other voters", why.into()));
        }
        MembershipWhy::Refused { .. }
        | MembershipWhy::AdoptedFromSnapshot { .. }
        | MembershipWhy::RolledBack { .. }
        | MembershipWhy::JointLeft { .. }
        | MembershipWhy::RemovedServerIgnored { .. }
        | MembershipWhy::RemovedLeaderStepsDown { .. } => {}
    }
}

fn catch_up(why: CatchUpWhy, wrong: &mut Wrong) {
    match why {
        CatchUpWhy::Started { change, servers, goal, too_early } => {
            let why = CatchUpWhy::Started { change, servers, goal: goal + 1, too_early };
            wrong.push(("a round with another goal", why.into()));
            let too_early = too_early.map_or(Some(1), |_| None);
            let why = CatchUpWhy::Started { change, servers, goal, too_early };
            wrong.push(("a round at another time", why.into()));
        }
        CatchUpWhy::RoundDone { .. } | CatchUpWhy::Done { .. } | CatchUpWhy::Abandoned { .. } => {}
    }
}

fn snapshot(why: SnapshotWhy, wrong: &mut Wrong) {
    let why = match why {
        SnapshotWhy::Compacted { first, last } => SnapshotWhy::Compacted { first, last: last + 1 },
        SnapshotWhy::Installed { last_index, discarded } => {
            SnapshotWhy::Installed { last_index, discarded: discarded + 1 }
        }
        SnapshotWhy::Needed { to, next, last_index } => {
            SnapshotWhy::Needed { to, next, last_index: last_index + 1 }
        }
        SnapshotWhy::NotNeeded { last_index, commit } => {
            SnapshotWhy::NotNeeded { last_index, commit: commit + 1 }
        }
        SnapshotWhy::NothingToCompact { .. }
        | SnapshotWhy::AppliedMissing { .. }
        | SnapshotWhy::ChunkReceived { .. }
        | SnapshotWhy::ChunkAcknowledged { .. }
        | SnapshotWhy::ChunkResent { .. }
        | SnapshotWhy::LateReply { .. } => return,
    };
    wrong.push(("a snapshot of another length", why.into()));
}
