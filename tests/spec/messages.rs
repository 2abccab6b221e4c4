//! Acts on one message: how it is named, and what happens if there is none.

use raftarium::raft::Kind;
use raftarium::script::{Run, Session, ShareLink, act_line, parse};
use raftarium::sim::{
    Act, Filter, MessageAct, MessageId, MessageName, MessageState, Recorder, World,
};

const HEAD: &str = "servers 3\nelection-timeout never\nheartbeat never\nlatency 10ms\n";

/// A session in which S1 has asked both others for their vote twice.
fn two_campaigns() -> Session {
    let mut session = Session::open(HEAD).expect("it parses");
    for line in ["timeout s1", "timeout s1"] {
        session.exec(line).expect("it is possible");
    }
    session
}

/// The newest message of that kind to S2 that is in flight.
fn newest(world: &World, kind: Kind) -> MessageId {
    let to_s2 = |message: &&raftarium::sim::Flight| {
        message.message.kind() == kind && message.message.to.to_string() == "s2"
    };
    world.in_flight().filter(to_s2).map(|flight| flight.id).max().expect("it is in flight")
}

#[test]
fn a_message_is_named_by_its_state_its_kind_its_ends_and_its_place() {
    let session = two_campaigns();
    let world = session.world();
    let id = newest(world, Kind::RequestVote);
    let name = world.message_name(id).expect("it is in flight");
    let line = act_line(&Act::Message(MessageAct::Hold, name));
    assert_eq!(line, "hold 2nd in-flight request-vote from s1 to s2");
}

#[test]
fn the_name_of_a_message_leads_to_it_in_every_state() {
    let mut session = two_campaigns();
    let id = newest(session.world(), Kind::RequestVote);
    let mut state = |line: &str| {
        let name = session.world().message_name(id).expect("it is known");
        let act = Act::Message(MessageAct::Resend(1_000), name.clone());
        assert!(session.world().named(&act).is_ok(), "{}", act_line(&act));
        session.exec(line).expect("it is possible");
        name.to_string()
    };
    assert_eq!(state("hold 2nd in-flight to s2"), " 2nd in-flight request-vote from s1 to s2");
    assert_eq!(state("release held"), " held request-vote from s1 to s2");
    assert_eq!(state("run 0ms"), " 2nd in-flight request-vote from s1 to s2");
    assert_eq!(state("timeout s1"), " delivered request-vote from s1 to s2");
}

#[test]
fn an_action_by_name_names_the_message_in_full() {
    let session = two_campaigns();
    let name = MessageName { state: MessageState::InFlight, nth: 4, filter: Filter::default() };
    let act = session.world().named(&Act::Message(MessageAct::Drop, name)).expect("it is there");
    let line = act.as_ref().map(act_line);
    assert_eq!(line.as_deref(), Some("drop 2nd in-flight request-vote from s1 to s3"));
}

#[test]
fn acts_on_one_message_are_recorded_undone_and_shared() {
    let mut session = two_campaigns();
    let before = session.world().hash();
    for line in ["hold in-flight to s2", "release held", "resend in-flight after 70ms"] {
        session.exec(line).expect("it is possible");
    }
    session.seek(90_000).expect("it is reached");
    let end = session.world().hash();
    let link = ShareLink { text: session.text(), time_us: 90_000 };
    let read = ShareLink::read(&link.fragment().expect("it is short")).expect("it is whole");
    let mut shared = Session::open(&read.text).expect("it parses");
    shared.seek(read.time_us).expect("it is reached");
    assert_eq!(shared.world().hash(), end);
    while session.undo() {}
    while session.redo() {}
    session.seek(90_000).expect("it is reached");
    assert_eq!(session.world().hash(), end);
    (0..3).for_each(|_| assert!(session.undo()));
    session.seek(0).expect("it is reached");
    assert_eq!(session.world().hash(), before);
}

/// The error of an act at the end of two campaigns, which changes nothing.
fn error(line: &str) -> String {
    let mut session = two_campaigns();
    let (hash, text) = (session.world().hash(), session.text());
    let error = session.exec(line).expect_err("it is not possible").to_string();
    assert_eq!(session.world().hash(), hash, "{line}");
    assert_eq!(session.text(), text, "{line}");
    error
}

#[test]
fn a_missing_message_is_an_error_with_a_remedy_and_changes_nothing() {
    let cases = [
        (
            "drop in-flight append from s1 to s2",
            "no append from s1 to s2 is in flight at this moment: without `in-flight`, `drop` is \
             for the next one that is sent",
        ),
        (
            "hold 5th in-flight",
            "only 4 messages are in flight at this moment: without `in-flight`, `hold` is for the \
             next one that is sent",
        ),
        (
            "release in-flight vote",
            "no vote is in flight at this moment: let time pass until one is sent",
        ),
        ("discard held", "no message is held at this moment: hold one first"),
        (
            "resend lost append after 5ms",
            "no append is lost at this moment: of all that arrived or were lost, the newest 32 are \
             known",
        ),
        (
            "delay 2nd in-flight request-vote from s2 by 5ms",
            "no request-vote from s2 is in flight at this moment: without `in-flight`, `delay` is \
             for the next one that is sent",
        ),
    ];
    for (line, wanted) in cases {
        assert!(error(line).contains(wanted), "{line}: {}", error(line));
    }
    assert!(error("drop in-flight from s4").contains("s4"));
}

#[test]
fn a_script_ends_where_a_message_is_missing() {
    let script = parse(&format!("{HEAD}drop in-flight append\nrun 1s\n")).expect("it parses");
    let report = Run::new(script, &mut Recorder::off()).finish(&mut Recorder::off());
    assert!(!report.ok);
}

#[test]
fn only_the_newest_messages_are_known() {
    let mut session = Session::open("servers 5\nseed 3\n").expect("it parses");
    session.seek(5_000_000).expect("it is reached");
    let known = |session: &mut Session, line: &str| session.exec(line).is_ok();
    assert!(known(&mut session, "resend 32nd delivered after 100ms"));
    assert!(!known(&mut session, "resend 33rd delivered after 100ms"));
}
