//! A challenge that starts at a moment of a run: its flow leads to the same state.

use raftarium::script::{ChallengeTerms, Run, Session, parse};
use raftarium::sim::Recorder;

use crate::dice::Dice;
use crate::scripts::runnable;
use crate::statements::short_act;

fn open(text: &str) -> Session {
    Session::open(text).unwrap_or_else(|errors| panic!("{}\nin\n{text}", errors[0]))
}

/// Terms with a goal that no run reaches.
fn terms() -> ChallengeTerms {
    ChallengeTerms {
        title: "A \"hard\" one".to_owned(),
        task: "Wait.\n\nFor ever.".to_owned(),
        goals: vec![("time > 90000000s".to_owned(), "You waited.".to_owned())],
        allowed: vec!["crash".to_owned(), "restart".to_owned()],
        budgets: vec![("crash".to_owned(), 2)],
        hints: vec!["Be patient.".to_owned()],
    }
}

fn run_of(text: &str) -> Run {
    let script = parse(text).unwrap_or_else(|errors| panic!("{}\nin\n{text}", errors[0]));
    let mut run = Run::new(script, &mut Recorder::off());
    run.finish(&mut Recorder::off());
    run
}

/// Checks that the challenge starts where the session is. False: it cannot.
fn starts_here(session: &Session) -> bool {
    let text = match session.challenge(&terms()) {
        Ok(text) => text,
        Err(error) => {
            assert!(error.starts_with("a challenge cannot start here"), "{error}");
            return false;
        }
    };
    let run = run_of(&text);
    let here = (session.world().now_us(), session.world().hash());
    assert_eq!((run.world().now_us(), run.world().hash()), here, "{text}");
    assert!(!text.contains("by-hand") && run.is_won() == Some(false), "{text}");
    true
}

#[test]
fn any_moment_of_any_run_at_rest_can_be_the_start() {
    let mut dice = Dice::new(13);
    let (mut count, mut starts) = (0, 0);
    for (name, text) in runnable() {
        let mut session = open(&text.to_string());
        for _ in 0..3 {
            if session.seek(dice.below(3_000_000)).is_err() {
                continue;
            }
            count += 1;
            starts += u32::from(starts_here(&session));
            let _ = session.act(&short_act(&mut dice));
            session.run_until(session.world().now_us() + dice.below(300_000));
            count += 1;
            starts += u32::from(starts_here(&session));
        }
        assert!(count > 0, "{name}");
    }
    assert!(count > 200 && starts * 10 > count * 9, "{starts} of {count} moments can be a start");
}

#[test]
fn actions_during_the_flow_are_part_of_the_start() {
    let mut session = open("servers 3\nsay \"Hello.\"\nrun 2s\ncrash s1\nrun 2s\n");
    session.run_until(1_000_000);
    session.exec("latency 20ms").expect("it can be done");
    session.exec("set x 1").expect("it can be done");
    session.run_until(3_000_000);
    assert!(starts_here(&session));
    let text = session.challenge(&terms()).expect("a challenge");
    let flow = "servers 3\nrun 1s\nlatency 20ms..20ms\nset x 1\nrun 1s\ncrash s1\nrun 1s\nsay ";
    assert!(text.contains(flow), "{text}");
}

#[test]
fn a_flow_that_is_over_is_kept_as_it_was_written() {
    let mut session = open("title \"Old\"\nservers 3\nwait leader\nexpect safe\nsay \"Old.\"\n");
    assert!(session.finish().ok);
    session.run_until(1_000_000);
    session.exec("crash leader").expect("it can be done");
    session.run_until(1_500_000);
    let text = session.challenge(&terms()).expect("a challenge");
    assert!(
        text.starts_with("title \"A \\\"hard\\\" one\"\nservers 3\nwait leader\nrun "),
        "{text}"
    );
    let end = "crash leader\nrun 500ms\nsay \"Wait.\\n\\nFor ever.\"\n\
        goal time > 90000000s \"You waited.\"\nallow crash restart\nbudget crash 2\n\
        hint \"Be patient.\"\n";
    assert!(text.ends_with(end), "{text}");
}

#[test]
fn a_setting_at_the_very_start_stays_an_action() {
    let mut session = open("servers 3\n");
    session.exec("election-timeout 1s").expect("it can be done");
    assert!(starts_here(&session));
    session.run_until(2_000_000);
    assert!(starts_here(&session));
}

#[test]
fn wrong_terms_are_refused_with_a_reason() {
    let session = open("servers 3\n");
    let with_goal = |condition: &str| {
        let goals = vec![(condition.to_owned(), "Done.".to_owned())];
        session.challenge(&ChallengeTerms { goals, ..terms() }).expect_err("an error")
    };
    assert_eq!(
        with_goal("alive all"),
        "every goal holds already: choose a goal that is still to be reached"
    );
    for (condition, expected) in [
        ("leader s7", "one of the 3 servers"),
        ("leadr", "did you mean"),
        ("", "no condition"),
        ("leader # s1", "no condition"),
        ("leader s1 \"x\"", "no condition"),
        ("leader s1\nsay", "no condition"),
    ] {
        let error = with_goal(condition);
        assert!(error.contains(expected), "{condition}: {error}");
    }
    let none = session.challenge(&ChallengeTerms { goals: Vec::new(), ..terms() });
    assert_eq!(none, Err("a challenge needs a goal".to_owned()));
}
