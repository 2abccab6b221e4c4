//! Membership changes: which of them a schedule may contain, and their kinds.

use raftarium::raft::{Change, Configuration, ServerId, ServerSet};

use super::schedule::Chance;

/// The kinds of changes that the two cores treat differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    VoterAdded,
    LearnerAdded,
    LearnerPromoted,
    FollowerRemoved,
    LearnerRemoved,
    LeaderRemoved,
    Joint,
    /// By joint consensus, removing the leader among others.
    JointWithoutLeader,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::VoterAdded,
        Kind::LearnerAdded,
        Kind::LearnerPromoted,
        Kind::FollowerRemoved,
        Kind::LearnerRemoved,
        Kind::LeaderRemoved,
        Kind::Joint,
        Kind::JointWithoutLeader,
    ];

    /// The kind of this change, made by this leader.
    pub fn of(change: Change, before: &Configuration, leader: ServerId) -> Kind {
        match change {
            Change::Add(_) => Kind::VoterAdded,
            Change::AddLearner(_) => Kind::LearnerAdded,
            Change::Promote(_) => Kind::LearnerPromoted,
            Change::Remove(server) if server == leader => Kind::LeaderRemoved,
            Change::Remove(server) if before.learners.contains(server) => Kind::LearnerRemoved,
            Change::Remove(_) => Kind::FollowerRemoved,
            Change::Members(servers) if servers.contains(leader) => Kind::Joint,
            Change::Members(_) => Kind::JointWithoutLeader,
        }
    }
}

/// Draws a change for this leader; `None` if the kind drawn first is impossible.
pub fn draw(
    chance: &mut Chance,
    servers: usize,
    before: &Configuration,
    leader: ServerId,
) -> Option<Change> {
    let everybody = ServerSet::first(servers);
    let members = before.members();
    let strangers = everybody.difference(members);
    let followers = before.voters.difference(ServerSet::only(leader));
    // Grow more often than shrink: in small clusters little goes wrong.
    match chance.below(20) {
        0..3 => chance.one_of(strangers).map(Change::Add),
        3..7 => chance.one_of(strangers).map(Change::AddLearner),
        7..11 => chance.one_of(before.learners).map(Change::Promote),
        11 => chance.one_of(followers).map(Change::Remove),
        12..16 => chance.one_of(before.learners).map(Change::Remove),
        16 => (!followers.is_empty()).then_some(Change::Remove(leader)),
        kind => {
            let mut voters: ServerSet = everybody.iter().filter(|_| chance.below(4) > 0).collect();
            let stays = kind < 19;
            if stays {
                voters.insert(leader);
            } else {
                voters.remove(leader);
            }
            // Once the leader is removed, nobody would bring a new server up to date.
            let brought_up = stays || voters.difference(members).is_empty();
            let changes = !voters.is_empty() && voters != before.voters;
            (brought_up && changes).then_some(Change::Members(voters))
        }
    }
}

/// The members before and after the change.
pub fn concerned(change: Change, before: &Configuration) -> ServerSet {
    let newcomers = match change {
        Change::Add(server) | Change::AddLearner(server) => ServerSet::only(server),
        Change::Members(servers) => servers,
        Change::Promote(_) | Change::Remove(_) => ServerSet::EMPTY,
    };
    before.members().union(newcomers)
}
