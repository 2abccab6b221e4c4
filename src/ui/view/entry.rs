//! The details of a log cell: who has the entry, how many copies it has and needs, and whether it
//! is committed or why not. A cell of a snapshot shows what the snapshot holds.

use crate::raft::{
    AppendWhy, Body, ClientId, Command, Configuration, Entry, Index, Rule, ServerId, ServerSet,
    Term, Why,
};
use crate::sim::{Journal, Micros, World};
use crate::ui::text;

use super::copies::{Copies, VoterGroup, copies};
use super::reasons::ReasonModel;

/// The number of events that are searched for the deletion of an entry.
const SEARCHED_MAX: usize = 3000;
/// The most keys of a snapshot that are listed.
const KEYS_MAX: usize = 60;

/// What a cell of the logs holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryModel {
    Entry(Box<EntryDetails>),
    Snapshot(Box<SnapshotDetails>),
    /// The log has no entry there.
    Missing {
        server: ServerId,
        index: Index,
        last: Index,
        deleted: Option<Deletion>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDetails {
    pub server: ServerId,
    pub index: Index,
    pub term: Term,
    pub command: String,
    /// The client and the serial number of its command.
    pub operation: Option<(ClientId, u64)>,
    pub copies: Copies,
    pub commitment: Commitment,
    /// This server has applied it to its state machine.
    pub applied: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commitment {
    /// These servers know it.
    Committed { known_by: ServerSet },
    /// No running server knows it to be committed: why not.
    Open(Vec<OpenReason>),
}

/// Why an entry is not committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenReason {
    /// Only a leader commits.
    NoLeader,
    /// The leader has an entry of another term there, which replaces this one.
    Conflicts {
        leader: ServerId,
        term: Term,
        theirs: Term,
    },
    /// The leader's log ends before it; the leader's next entries replace it.
    LeaderLacks {
        leader: ServerId,
        term: Term,
        last: Index,
    },
    /// The leader does not commit an entry of an older term by counting. `own` is its first entry
    /// of its own term after this one.
    OldTerm {
        leader: ServerId,
        term: Term,
        entry_term: Term,
        own: Option<Index>,
    },
    TooFewCopies {
        have: usize,
        needed: usize,
        lacking: Vec<(ServerId, Lack)>,
    },
    /// Enough servers store it, but the leader has not heard that from enough.
    NotAcknowledged {
        leader: ServerId,
        known: usize,
        needed: usize,
    },
    /// The leader is paused.
    LeaderPaused(ServerId),
}

/// Why a server lacks an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Crashed,
    Paused,
    /// The leader's link to it is cut.
    CutOff,
    /// Its write is not finished.
    Writing,
    /// An AppendEntries with the entry is on its way.
    OnItsWay,
    /// Its log ends before, or conflicts with the leader's.
    Behind,
}

/// The deletion of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    pub event: u64,
    pub time_us: Micros,
    pub why: ReasonModel,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotDetails {
    pub server: ServerId,
    pub last_index: Index,
    pub last_term: Term,
    pub configuration: Configuration,
    /// The first keys with their values.
    pub values: Vec<(String, String)>,
    /// The number of keys that are not listed.
    pub more: usize,
}

/// The entry of that server's log at that index.
pub fn entry(world: &World, journal: &Journal, server: ServerId, index: Index) -> EntryModel {
    let log = world.server(server).node().log();
    if let Some(snapshot) = log.snapshot().filter(|snapshot| index <= snapshot.last_index) {
        let values = snapshot.store.values();
        let listed = values.iter().take(KEYS_MAX);
        return EntryModel::Snapshot(Box::new(SnapshotDetails {
            server,
            last_index: snapshot.last_index,
            last_term: snapshot.last_term,
            configuration: snapshot.configuration,
            values: listed.map(|(key, value)| (key.clone(), value.clone())).collect(),
            more: values.len().saturating_sub(KEYS_MAX),
        }));
    }
    match log.entry(index) {
        Some(entry) => EntryModel::Entry(Box::new(details(world, server, index, entry))),
        None => EntryModel::Missing {
            server,
            index,
            last: log.last_index(),
            deleted: deletion(journal, server, index),
        },
    }
}

fn details(world: &World, server: ServerId, index: Index, entry: &Entry) -> EntryDetails {
    let operation = match &entry.command {
        Command::Client(command) => Some((command.client, command.serial)),
        _ => None,
    };
    let copies = copies(world, server, index, entry.term);
    let known_by = known_by(world, index, entry.term);
    let commitment = if known_by.is_empty() {
        Commitment::Open(open_reasons(world, index, entry.term, &copies))
    } else {
        Commitment::Committed { known_by }
    };
    EntryDetails {
        server,
        index,
        term: entry.term,
        command: text::command_in_full(&entry.command),
        operation,
        copies,
        commitment,
        applied: index <= world.server(server).node().last_applied(),
    }
}

/// The running servers that know that entry to be committed.
fn known_by(world: &World, index: Index, term: Term) -> ServerSet {
    let knows = |id: &ServerId| {
        let server = world.server(*id);
        let node = server.node();
        server.is_alive()
            && index <= node.commit_index()
            && node.log().term_at(index).is_none_or(|theirs| theirs == term)
    };
    world.server_ids().iter().filter(knows).collect()
}

fn open_reasons(world: &World, index: Index, term: Term, copies: &Copies) -> Vec<OpenReason> {
    let Some(leader) = world.leader() else { return vec![OpenReason::NoLeader] };
    let node = world.server(leader).node();
    let (leader_term, log) = (node.current_term(), node.log());
    match log.term_at(index) {
        Some(theirs) if theirs != term => {
            return vec![OpenReason::Conflicts { leader, term: leader_term, theirs }];
        }
        None => {
            let last = log.last_index();
            return vec![OpenReason::LeaderLacks { leader, term: leader_term, last }];
        }
        Some(_) => {}
    }
    let mut reasons = Vec::new();
    if term < leader_term && node.options().rules.on(Rule::CommitOwnTerm) {
        let mut after = (index + 1..).zip(log.tail(index + 1));
        let own = after.find(|(_, entry)| entry.term == leader_term).map(|(index, _)| index);
        reasons.push(OpenReason::OldTerm { leader, term: leader_term, entry_term: term, own });
    }
    if world.server(leader).is_paused() {
        reasons.push(OpenReason::LeaderPaused(leader));
    }
    let short = copies.groups.iter().find(|group| group.have < group.needed);
    if let Some(&VoterGroup { have, needed, .. }) = short {
        let lacking = lacking(world, leader, index, copies);
        reasons.push(OpenReason::TooFewCopies { have, needed, lacking });
    } else if let Some((known, needed)) = unacknowledged(world, leader, index) {
        reasons.push(OpenReason::NotAcknowledged { leader, known, needed });
    }
    reasons
}

/// How many copies the leader knows of and how many it needs, if it knows too few.
fn unacknowledged(world: &World, leader: ServerId, index: Index) -> Option<(usize, usize)> {
    let node = world.server(leader).node();
    let knows = |id: ServerId| match node.progress(id) {
        _ if id == leader => node.stable_index() >= index,
        Some(progress) => progress.match_index >= index,
        None => false,
    };
    let majority = node.options().rules.on(Rule::Majority);
    let mut groups = node.configuration().groups().map(|voters| {
        let known = voters.iter().filter(|id| knows(*id)).count();
        (known, Configuration::needed(voters, majority))
    });
    groups.find(|(known, needed)| known < needed)
}

/// The voters without a copy on disk, and why.
fn lacking(
    world: &World,
    leader: ServerId,
    index: Index,
    copies: &Copies,
) -> Vec<(ServerId, Lack)> {
    let voters = world.server(leader).node().configuration().electorate();
    let why = |id: ServerId| {
        let server = world.server(id);
        if !server.is_alive() {
            Lack::Crashed
        } else if copies.unwritten.contains(id) {
            Lack::Writing
        } else if server.is_paused() {
            Lack::Paused
        } else if id != leader && !world.link_up(leader.into(), id.into()) {
            Lack::CutOff
        } else if is_on_its_way(world, leader, id, index) {
            Lack::OnItsWay
        } else {
            Lack::Behind
        }
    };
    voters.difference(copies.holders()).iter().map(|id| (id, why(id))).collect()
}

fn is_on_its_way(world: &World, from: ServerId, to: ServerId, index: Index) -> bool {
    let mut flights = world.in_flight().chain(world.held());
    flights.any(|flight| match &flight.message.body {
        Body::Append(append) => {
            let last = append.prev_index + append.entries.len() as Index;
            flight.message.from == from.into()
                && flight.message.to == to.into()
                && flight.loss.is_none()
                && (append.prev_index + 1..=last).contains(&index)
        }
        _ => false,
    })
}

/// The newest deletion of an entry at that index.
fn deletion(journal: &Journal, server: ServerId, at: Index) -> Option<Deletion> {
    let deletes = |why: &Why| match *why {
        Why::Append(AppendWhy::Conflict { index: from, last, .. })
        | Why::Append(AppendWhy::DeletedWithoutConflict { from, last, .. }) => {
            (from..=last).contains(&at)
        }
        _ => false,
    };
    journal.events().rev().take(SEARCHED_MAX).find_map(|event| {
        let (_, why) = event.whys.iter().find(|(id, why)| *id == server && deletes(why))?;
        let why = ReasonModel::of(server, why);
        Some(Deletion { event: event.id, time_us: event.time_us, why })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Session;

    const QUIET: &str = "latency 15ms\nelection-timeout never\n";

    fn session(script: &str) -> Session {
        let mut session = Session::open(&format!("{QUIET}{script}")).expect("a script");
        let report = session.finish();
        assert!(report.ok, "{:?}", report.failures);
        session
    }

    fn s(number: usize) -> ServerId {
        ServerId::new(number).expect("a server")
    }

    fn of(session: &Session, server: usize, index: Index) -> EntryDetails {
        match entry(session.world(), session.journal(), s(server), index) {
            EntryModel::Entry(details) => *details,
            other => panic!("{other:?}"),
        }
    }

    fn open(details: &EntryDetails) -> &[OpenReason] {
        match &details.commitment {
            Commitment::Open(reasons) => reasons,
            committed => panic!("{committed:?}"),
        }
    }

    #[test]
    fn a_committed_entry_names_who_knows_it() {
        let session = session("timeout s1\nwait leader\nset x 3\nwait answer = ok\nrun 200ms\n");
        let details = of(&session, 2, 2);
        assert_eq!(details.copies.stored, ServerSet::first(5));
        assert_eq!(details.copies.groups, [VoterGroup { have: 5, needed: 3, of: 5 }]);
        assert_eq!(details.operation.map(|(_, serial)| serial), Some(1));
        let known_by = ServerSet::first(5);
        assert_eq!(details.commitment, Commitment::Committed { known_by });
        assert!(details.applied);
    }

    #[test]
    fn a_new_entry_lacks_copies_that_are_on_their_way() {
        let session = session("timeout s1\nwait leader\nrun 200ms\nset x 3\nrun 20ms\n");
        let details = of(&session, 1, 2);
        assert_eq!(details.copies.groups, [VoterGroup { have: 1, needed: 3, of: 5 }]);
        let [OpenReason::TooFewCopies { have: 1, needed: 3, lacking }] = open(&details) else {
            panic!("{:?}", details.commitment)
        };
        assert_eq!(lacking.len(), 4);
        assert!(lacking.iter().all(|(_, lack)| *lack == Lack::OnItsWay), "{lacking:?}");
    }

    #[test]
    fn copies_that_the_leader_has_not_heard_of_do_not_count_yet() {
        let session = session("timeout s1\nwait leader\nrun 200ms\nset x 3\nrun 35ms\n");
        let details = of(&session, 1, 2);
        assert!(details.copies.suffice(), "{:?}", details.copies);
        let expected = OpenReason::NotAcknowledged { leader: s(1), known: 1, needed: 3 };
        assert_eq!(open(&details), [expected]);
    }

    #[test]
    fn missing_copies_say_why_they_are_missing() {
        let session = session(
            "timeout s1\nwait leader\nrun 200ms\ncrash s2\npause s3\ncut s1 <-> s4\n\
            set x 3\nrun 120ms\n",
        );
        let details = of(&session, 1, 2);
        let [OpenReason::TooFewCopies { have: 2, needed: 3, lacking }] = open(&details) else {
            panic!("{:?}", details.commitment)
        };
        let expected = [(s(2), Lack::Crashed), (s(3), Lack::Paused), (s(4), Lack::CutOff)];
        assert_eq!(lacking[..], expected);
    }

    #[test]
    fn without_a_leader_nothing_commits() {
        let session =
            session("timeout s1\nwait leader\nrun 200ms\nset x 3\nrun 20ms\ncrash s1\nrun 50ms\n");
        assert_eq!(open(&of(&session, 2, 2)), [OpenReason::NoLeader]);
    }

    /// As in figure 8: the entry of term 1 is on a majority, and its new leader waits for one
    /// of its own term.
    #[test]
    fn an_entry_of_an_old_term_waits_for_one_of_the_leaders_own() {
        let session = session(
            "servers 3\nrule leader-noop off\ntimeout s1\nwait leader\n\
            set x 3\nrun 50ms\ncrash s1\ntimeout s2\nrun 100ms\n",
        );
        let details = of(&session, 2, 1);
        assert!(details.copies.suffice(), "{:?}", details.copies);
        let expected = OpenReason::OldTerm { leader: s(2), term: 2, entry_term: 1, own: None };
        assert_eq!(open(&details)[0], expected);
    }

    /// S1 leads a minority, and S2 the majority: what S1 appended conflicts with S2's log.
    const TWO_LEADERS: &str = "servers 3\ntimeout s1\nwait leader\nrun 100ms\n\
        partition s1 | s2,s3\nset lost 1 via s1\nset more 2 via s1\nrun 30ms\ntimeout s2\n\
        run 100ms\n";

    #[test]
    fn an_entry_that_the_newer_leader_does_not_have_will_be_replaced() {
        let session = session(TWO_LEADERS);
        let expected = OpenReason::Conflicts { leader: s(2), term: 2, theirs: 2 };
        assert_eq!(open(&of(&session, 1, 2)), [expected]);
        let expected = OpenReason::LeaderLacks { leader: s(2), term: 2, last: 2 };
        assert_eq!(open(&of(&session, 1, 3)), [expected]);
        assert_eq!(of(&session, 1, 2).copies.differ, [(s(2), 2), (s(3), 2)]);
    }

    #[test]
    fn a_deleted_entry_names_the_event_that_deleted_it() {
        let session = session(&format!("{TWO_LEADERS}heal\nrun 200ms\n"));
        let EntryModel::Missing { deleted: Some(deletion), last: 2, .. } =
            entry(session.world(), session.journal(), s(1), 3)
        else {
            panic!("entry 3 is deleted")
        };
        assert!(deletion.why.decision.contains("deletes"), "{deletion:?}");
        let EntryModel::Missing { deleted: None, .. } =
            entry(session.world(), session.journal(), s(2), 9)
        else {
            panic!("there was no entry 9")
        };
    }

    #[test]
    fn a_snapshot_shows_what_it_holds() {
        let session = session(
            "timeout s1\nwait leader\nset x 3\nwait answer = ok\nset y 4\nwait answer = ok\n\
            snapshot s1\nrun 100ms\n",
        );
        let EntryModel::Snapshot(details) = entry(session.world(), session.journal(), s(1), 1)
        else {
            panic!("entry 1 is compacted")
        };
        assert_eq!((details.last_index, details.last_term), (3, 1));
        let values = [("x".to_owned(), "3".to_owned()), ("y".to_owned(), "4".to_owned())];
        assert_eq!(details.values, values);
    }
}
