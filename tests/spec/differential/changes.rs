//! Changes of the configuration: which of them a course may have, and of which kinds they are.

use raftarium::raft::{Change, Configuration, ServerId, ServerSet};

use super::course::Chance;

/// What a change is about, as far as the two cores go about it in different ways.
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
    /// By joint consensus, and the leader is among those who leave.
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

    /// The kind of a change that this leader makes of this configuration.
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

/// Draws a change that the leader may be asked for; none, where the kind that was drawn first has
/// none.
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
    // Clusters grow more often than they shrink: in small ones little goes wrong.
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
            // Nobody would bring a stranger up to date when the leader has left.
            let brought_up = stays || voters.difference(members).is_empty();
            let changes = !voters.is_empty() && voters != before.voters;
            (brought_up && changes).then_some(Change::Members(voters))
        }
    }
}

/// Everybody whom the change is about: the members before and after it.
pub fn concerned(change: Change, before: &Configuration) -> ServerSet {
    let newcomers = match change {
        Change::Add(server) | Change::AddLearner(server) => ServerSet::only(server),
        Change::Members(servers) => servers,
        Change::Promote(_) | Change::Remove(_) => ServerSet::EMPTY,
    };
    before.members().union(newcomers)
}
