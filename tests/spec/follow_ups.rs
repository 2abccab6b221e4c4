//! Follow-up from a value to the event that set it: the event really changed the value, and it is
//! the last one that did.

use raftarium::raft::{Index, ServerId};
use raftarium::script::Session;
use raftarium::sim::{Activity, EventId, Journal, ServerState, ServerValue, World};

const SCRIPTS: [&str; 4] = [
    // An election, commands, the leader crashes, another one follows.
    "latency 15ms..25ms\nseed 7\nwait leader\nset x 3\nwait answer = ok\nrun 100ms\ncrash leader\n\
     run 20ms\nwait leader\nset y 4\nrun 200ms\nrestart all\nrun 200ms\n",
    // A truncation.
    "servers 3\nlatency 15ms\nelection-timeout never\ntimeout s1\nsettle\npartition s1 | s2,s3\n\
     set lost 1 via s1\nrun 20ms\ntimeout s2\nrun 100ms\nheal\nrun 60ms\n",
    // Snapshots, a pause, a wiped disk.
    "snapshot-every 3\nseed 3\nwait leader\nset a 1\nset b 2\nset c 3\nset d 4\nrun 1s\npause s2\n\
     run 500ms\nresume s2\nwipe s3\nrun 300ms\nrestart s3\nrun 1s\n",
    // Slow disks and lost messages.
    "disk 5ms\nloss 10%\nseed 11\nrun 2s\nset x 1\nrun 2s\n",
];

const VALUES: [ServerValue; 10] = [
    ServerValue::Activity,
    ServerValue::Role,
    ServerValue::Term,
    ServerValue::Vote,
    ServerValue::Leader,
    ServerValue::Configuration,
    ServerValue::LastIndex,
    ServerValue::Snapshot,
    ServerValue::CommitIndex,
    ServerValue::LastApplied,
];

fn run(script: &str) -> Session {
    let mut session = Session::open(script).unwrap_or_else(|errors| panic!("{errors:?}"));
    let report = session.finish();
    assert!(report.ok, "{:?}", report.failures);
    session
}

/// What the world holds, without the journal.
fn read(world: &World, server: ServerId, value: ServerValue) -> String {
    let state = ServerState::of(world.server(server));
    match value {
        ServerValue::Activity => format!("{:?}", state.activity),
        ServerValue::Role => format!("{:?}", state.role),
        ServerValue::Term => state.term.to_string(),
        ServerValue::Vote => format!("{:?}", state.voted_for.map(ServerId::number)),
        ServerValue::Leader => format!("{:?}", state.leader.map(ServerId::number)),
        ServerValue::Configuration => format!("{:#}", state.configuration),
        ServerValue::LastIndex => state.last_index.to_string(),
        ServerValue::Snapshot => state.snapshot.index.to_string(),
        ServerValue::CommitIndex => state.commit_index.to_string(),
        ServerValue::LastApplied => state.last_applied.to_string(),
        ServerValue::Entry(index) => {
            format!("{:?}", world.server(server).node().log().entry(index))
        }
    }
}

/// Goes back from here event by event, and finds the last one that changed what `read` reads.
fn last_change(session: &mut Session, read: impl Fn(&World) -> String) -> Option<EventId> {
    let now = read(session.world());
    loop {
        let event = session.world().event();
        if !session.previous_event() {
            return None;
        }
        if read(session.world()) != now && session.world().event() < event {
            return Some(event);
        }
    }
}

#[test]
fn each_value_leads_to_the_event_that_changed_it_last() {
    let mut found = 0;
    for script in SCRIPTS {
        let mut session = run(script);
        let end_us = session.world().now_us();
        let servers: Vec<ServerId> = session.world().server_ids().iter().collect();
        let mut named: Vec<(ServerId, ServerValue, EventId)> = Vec::new();
        for server in servers {
            for value in VALUES {
                if let Some((event, _)) = session.last_change(server, value) {
                    named.push((server, value, event));
                }
            }
        }
        // Each server's newest and oldest value, so that the test stays quick.
        named.sort_by_key(|(_, _, event)| *event);
        let picked = [named.len() / 3, named.len() / 2, named.len() - 1];
        for (server, value, event) in picked.map(|place| named[place]) {
            session.seek(end_us).expect("a moment of the run");
            let walked = last_change(&mut session, |world| read(world, server, value));
            assert_eq!(walked, Some(event), "{server} {value:?} in {script}");
            found += 1;
        }
    }
    assert_eq!(found, 12);
}

/// Two leaders, a crash, a server that joins, and one that leaves.
const LEADERS_AND_MEMBERS: &str = "servers 4\njoining s4\nseed 7\nlatency 15ms\nwait leader\n\
     run 50ms\nadd s4\nrun 100ms\ncrash leader\nrun 20ms\nwait leader within 3s\n\
     restart all\nrun 100ms\nremove s4\nrun 100ms\nmembers s1,s2\nrun 100ms\n";

#[test]
fn the_leader_and_the_configuration_lead_to_the_event_that_a_walk_back_finds() {
    let mut session = run(LEADERS_AND_MEMBERS);
    let end_us = session.world().now_us();
    let servers: Vec<ServerId> = session.world().server_ids().iter().collect();
    let mut found = 0;
    for server in servers {
        for value in [ServerValue::Leader, ServerValue::Configuration] {
            session.seek(end_us).expect("a moment of the run");
            let named = session.last_change(server, value).map(|(event, _)| event);
            let walked = last_change(&mut session, |world| read(world, server, value));
            assert_eq!(walked, named, "{server} {value:?}");
            found += usize::from(named.is_some());
        }
    }
    assert_eq!(found, 8, "each server has learned of a leader and of a configuration");
}

#[test]
fn an_entry_leads_to_the_event_that_appended_it() {
    let mut session = run(SCRIPTS[1]);
    let (s1, index): (_, Index) = (ServerId::new(1).expect("s1"), 2);
    let value = ServerValue::Entry(index);
    let (event, time_us) = session.last_change(s1, value).expect("entry 2 was replaced");
    let walked = last_change(&mut session, |world| read(world, s1, value));
    assert_eq!(walked, Some(event));
    session.seek(time_us).expect("a moment of the run");
    let change = session.journal().get(event).and_then(|event| event.change_of(s1));
    let change = change.expect("the event changed the log");
    assert_eq!(change.truncated_from, Some(2));
    assert!(change.appended.iter().any(|(appended, _)| *appended == index));
}

#[test]
fn an_event_that_the_journal_has_forgotten_is_found_again() {
    let mut session = run("seed 5\nwait leader\nrun 60s\n");
    let leader = session.world().leader().expect("a leader");
    let oldest = session.journal().events().next().expect("an event").id;
    let (event, time_us) = session.last_change(leader, ServerValue::Role).expect("an election");
    assert!(event < oldest, "the journal still holds it");
    session.seek(time_us).expect("a moment of the run");
    let elected = session.journal().get(event).expect("recorded again");
    assert!(elected.sets(leader, ServerValue::Role));
    assert_eq!(read(session.world(), leader, ServerValue::Role), "Leader");
}

#[test]
fn a_value_from_the_start_has_no_event() {
    let session = run("election-timeout never\nrun 100ms\n");
    let s1 = ServerId::new(1).expect("s1");
    let values = [
        ServerValue::Role,
        ServerValue::Vote,
        ServerValue::Leader,
        ServerValue::Configuration,
        ServerValue::CommitIndex,
    ];
    for value in values {
        assert_eq!(session.last_change(s1, value), None, "{value:?}");
    }
}

/// What every event changed, however the run got there.
fn changes(journal: &Journal) -> Vec<(EventId, String)> {
    journal.events().map(|event| (event.id, format!("{:?}", event.details))).collect()
}

#[test]
fn jumps_in_time_change_nothing_that_is_recorded() {
    for script in SCRIPTS {
        let whole = changes(run(script).journal());
        let mut session = run(script);
        let end_us = session.world().now_us();
        for part in [2, 7, 3, 9, 1, 5] {
            session.seek(end_us / 10 * part).expect("a moment of the run");
            let from_us = session.world().now_us();
            session.seek((from_us + end_us) / 2).expect("a moment of the run");
        }
        session.seek(end_us).expect("a moment of the run");
        let again = changes(session.journal());
        assert!(!again.is_empty());
        let common = whole.iter().filter(|(id, _)| again.iter().any(|(known, _)| known == id));
        assert!(common.eq(again.iter()), "{script}");
    }
}

#[test]
fn a_crash_and_a_cut_are_recorded_with_what_they_changed() {
    let mut session = run("servers 3\nseed 2\nwait leader\ncut s1 <-> s2\ncrash s3\n");
    let journal = session.journal();
    let s = |number| ServerId::new(number).expect("a server");
    let crash = journal.last_change(s(3), ServerValue::Activity, EventId::MAX).expect("a crash");
    let change = crash.change_of(s(3)).expect("S3 changed");
    assert_eq!(change.before.activity, Activity::Running);
    assert_eq!(change.after.activity, Activity::Crashed);
    let cut = journal.events().rev().find_map(|event| {
        let links = &event.details.as_ref()?.links;
        (!links.is_empty()).then(|| links.clone())
    });
    let cut = cut.expect("a cut");
    let ends: Vec<_> = cut.iter().map(|link| (link.from, link.to, link.up)).collect();
    assert_eq!(ends, [(s(1), s(2), false), (s(2), s(1), false)]);
    assert!(session.previous_event());
}
