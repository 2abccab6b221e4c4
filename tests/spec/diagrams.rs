//! The space-time diagram of a run against the trace of the same run, and through time travel.

use raftarium::diagram::{Diagram, DiagramMessage, Ending, MarkKind};
use raftarium::raft::{Kind, Role, ServerId};
use raftarium::script::{Run, Session, parse};
use raftarium::sim::{Activity, EventKind, Micros, Recorder};

use crate::links::scripts;

/// A message as the two can be compared.
type Line = (u64, u64, Kind, String, Micros, Micros, String);

fn line(message: &DiagramMessage) -> Line {
    let ends = format!("{} {}", message.from, message.to);
    let ending = match message.ending {
        Ending::DeliveredLate => Ending::Delivered,
        ending => ending,
    };
    let (sent_us, ended_us) = (message.sent_us, message.ended_us);
    (message.event, message.id, message.kind, ends, sent_us, ended_us, format!("{ending:?}"))
}

fn diagram_of(text: &str) -> (Run, Diagram) {
    let mut recorder = Recorder::observing();
    let mut run = Run::new(parse(text).expect("a script"), &mut recorder);
    let mut diagram = Diagram::default();
    run.finish_with_diagram(&mut recorder, &mut diagram);
    (run, diagram)
}

/// The messages that ended, as the detailed recorder of the trace has them.
fn traced(text: &str) -> Vec<Line> {
    let mut recorder = Recorder::detailed();
    let mut run = Run::new(parse(text).expect("a script"), &mut recorder);
    let (mut lines, mut seen) = (Vec::new(), 0);
    loop {
        for event in recorder.journal().events().rev().take_while(|event| event.id > seen) {
            let (summary, ending) = match &event.kind {
                EventKind::Delivered(summary) => (summary, "Delivered".to_owned()),
                EventKind::Stalled(summary) => (summary, "Stalled".to_owned()),
                EventKind::Lost(summary, loss) => (summary, format!("Lost({loss:?})")),
                _ => continue,
            };
            let details = event.details.as_ref().expect("details");
            let sent = details.message.as_ref().expect("a message");
            let ends = format!("{} {}", sent.message.from, sent.message.to);
            let kind = sent.message.kind();
            let times = (sent.sent_us, event.time_us);
            lines.push((event.id, summary.id, kind, ends, times.0, times.1, ending));
        }
        seen = recorder.journal().newest().map_or(0, |event| event.id);
        if run.finished() || !run.step(&mut recorder) {
            lines.sort_by_key(|line| line.0);
            return lines;
        }
    }
}

#[test]
fn each_message_of_the_trace_is_in_the_diagram_once_with_its_times() {
    let (mut messages, mut lost, mut late) = (0, 0, 0);
    for (name, text) in scripts() {
        let (run, diagram) = diagram_of(&text);
        if run.world().event() > 20_000 {
            continue;
        }
        let drawn: Vec<Line> = diagram.messages().iter().map(|message| line(&message)).collect();
        assert!(drawn == traced(&text), "{name}");
        messages += drawn.len();
        lost += diagram.messages().iter().filter(DiagramMessage::is_lost).count();
        late += diagram.messages().iter().filter(|it| it.ending == Ending::DeliveredLate).count();
    }
    assert!(messages > 10_000 && lost > 100 && late > 3, "{messages} {lost} {late}");
}

#[test]
fn each_lane_ends_as_its_server_is() {
    for (name, text) in scripts() {
        let (run, diagram) = diagram_of(&text);
        assert_eq!(diagram.lanes().len(), run.world().servers().len(), "{name}");
        for (server, lane) in run.world().servers().iter().zip(diagram.lanes()) {
            let last = lane.span_at(Micros::MAX).expect("a span");
            let activity = match (server.is_alive(), server.is_paused()) {
                (false, _) => Activity::Crashed,
                (true, true) => Activity::Paused,
                (true, false) => Activity::Running,
            };
            let node = server.node();
            assert_eq!(
                (last.role, last.term, last.activity, last.voters, last.snapshot),
                (
                    node.role(),
                    node.current_term(),
                    activity,
                    node.configuration().voters,
                    node.log().snapshot_index()
                ),
                "{name} {}",
                server.id()
            );
            let committed = lane.commits(0, Micros::MAX).last().map_or(0, |commit| commit.index);
            assert!(committed >= node.commit_index(), "{name} {}", server.id());
        }
    }
}

#[test]
fn each_violation_and_each_leader_has_a_mark() {
    let mut violated = 0;
    for (name, text) in scripts() {
        let (run, diagram) = diagram_of(&text);
        let marks: Vec<_> = diagram.marks(0, Micros::MAX).collect();
        assert!(marks.is_sorted_by_key(|mark| mark.event), "{name}");
        for violation in run.cluster().violations() {
            let kind = MarkKind::Violation(violation.property);
            let found =
                marks.iter().filter(|mark| mark.kind == kind && mark.event == violation.event);
            assert_eq!(found.count(), 1, "{name}");
            violated += 1;
        }
        for leader in run.world().leaders().iter() {
            let term = run.world().server(leader).node().current_term();
            let kind = MarkKind::Leader(leader, term);
            assert!(marks.iter().any(|mark| mark.kind == kind), "{name}");
        }
    }
    assert!(violated > 10, "{violated}");
}

fn everything(diagram: &Diagram) -> String {
    let messages: Vec<_> = diagram.messages().iter().collect();
    let marks: Vec<_> = diagram.marks(0, Micros::MAX).collect();
    let lanes = diagram.lanes().iter().map(|lane| {
        let commits: Vec<_> = lane.commits(0, Micros::MAX).collect();
        (lane.all_spans().collect::<Vec<_>>(), commits)
    });
    format!("{messages:?} {marks:?} {:?} {}", lanes.collect::<Vec<_>>(), diagram.last_event())
}

/// What a session's diagram must be: that of its script, run to where the session was furthest.
fn fresh(session: &Session, until_us: Micros) -> String {
    let mut other = Session::open(&session.text()).expect("its own text");
    other.seek(until_us).expect("a moment");
    everything(other.diagram())
}

const SCRIPT: &str =
    "servers 5\nseed 7\nrun 600ms\nset x 1\nrun 200ms\npause s2 for 50ms\nrun 1s\n";

#[test]
fn time_travel_keeps_what_lies_ahead_and_repeats_nothing() {
    let mut session = Session::open(SCRIPT).expect("a script");
    session.seek(1_500_000).expect("a moment");
    let whole = everything(session.diagram());
    assert_eq!(whole, fresh(&session, 1_500_000));
    for to_us in [1_000_000, 40_000, 700_000, 1_499_999, 300_000, 1_500_000, 0] {
        session.seek(to_us).expect("a moment");
        assert_eq!(everything(session.diagram()), whole, "{to_us}");
    }
    assert!((0..200).all(|_| session.step()));
    assert!(session.previous_event());
    assert_eq!(everything(session.diagram()), whole);
}

#[test]
fn an_act_in_the_past_forgets_what_came_after_it_and_the_branch_keeps_it() {
    let mut session = Session::open(SCRIPT).expect("a script");
    session.seek(1_500_000).expect("a moment");
    let main = everything(session.diagram());
    session.seek(700_000).expect("a moment");
    session.exec("crash leader").expect("a leader");
    assert!(session.diagram().messages().iter().all(|message| message.ended_us <= 700_000));
    assert_eq!(session.branches()[0].diagram().map(everything).as_deref(), Some(&*main));
    session.seek(1_200_000).expect("a moment");
    let branch = everything(session.diagram());
    assert_eq!(branch, fresh(&session, 1_200_000));
    let here = session.diagram();
    let there = session.branches()[0].diagram().expect("the diagram");
    assert_eq!(here.first_difference_us(there), Some(700_000));
    session.return_to(0).expect("a branch");
    assert_eq!(session.world().now_us(), 700_000);
    assert_eq!(everything(session.diagram()), main);
    session.return_to(0).expect("a branch");
    assert_eq!(everything(session.diagram()), branch);
}

#[test]
fn undo_redo_and_edits_draw_the_run_that_is_there() {
    let mut session = Session::open(SCRIPT).expect("a script");
    session.seek(900_000).expect("a moment");
    session.exec("crash leader").expect("a leader");
    session.run_until(1_300_000);
    assert_eq!(everything(session.diagram()), fresh(&session, 1_300_000));
    assert!(session.undo());
    assert_eq!(everything(session.diagram()), fresh(&session, 1_300_000));
    assert!(session.redo());
    assert_eq!(everything(session.diagram()), fresh(&session, 1_300_000));
    session.edit_line(4, Some("set y 2")).expect("a line");
    assert_eq!(everything(session.diagram()), fresh(&session, 1_300_000));
}

#[test]
fn a_lane_has_the_roles_in_order() {
    let (_, diagram) = diagram_of("servers 3\nseed 1\nrun 500ms\ncrash leader\nrun 500ms\n");
    let leader = |mark: &raftarium::diagram::Mark| match mark.kind {
        MarkKind::Leader(server, _) => Some(server),
        _ => None,
    };
    let first: ServerId = diagram.marks(0, Micros::MAX).find_map(leader).expect("a leader");
    let lane = diagram.lane(first).expect("a lane");
    let roles: Vec<_> = lane.all_spans().map(|span| (span.role, span.activity)).collect();
    let (running, crashed) = (Activity::Running, Activity::Crashed);
    assert_eq!(
        roles,
        [
            (Role::Follower, running),
            (Role::Candidate, running),
            (Role::Leader, running),
            (Role::Follower, crashed)
        ]
    );
    let at = lane.span_at(499_999).expect("a span");
    assert_eq!((at.role, at.term), (Role::Leader, 1));
    let window: Vec<_> = lane.spans(499_999, 500_001).map(|(span, _)| span.activity).collect();
    assert_eq!(window, [running, crashed]);
}
