//! A narrated run, from step to step: where time waits, and the way back into the story.

use raftarium::script::{Budget, Halt, Narration, Session};

/// Two steps at time 0, a question, and a part in which the reader acts.
const STORY: &str = "title \"Losing a leader\"\nservers 3\nseed 2\nlatency 15ms\n\
    say \"Nobody leads.\"\npoint s1\n\
    ask \"Who wins?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1\n\
    timeout s1\nwait leader\nchapter \"A leader\"\nsay \"S1 leads.\"\nrun 100ms\n\
    chapter \"Try it\"\nsay \"Take its lead away.\"\nallow crash restart\nbudget crash 1\n\
    goal not leader s1 \"S1 does not lead.\"\nhint \"Crash it.\"\n";

fn open() -> Session {
    Session::open(STORY).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn play(session: &mut Session) -> Halt {
    session.play_until_within(10_000_000, Budget::CALL)
}

/// The text of the step at which the reader stands.
fn text(session: &Session) -> &str {
    match session.run().story_step().map(|step| step.narration) {
        Some(Narration::Say(text) | Narration::Ask { question: text, .. }) => text,
        _ => "",
    }
}

#[test]
fn time_waits_at_each_step_and_runs_on_after_the_last() {
    let mut session = open();
    let mut steps = Vec::new();
    for _ in 0..4 {
        assert_eq!(play(&mut session), Halt::Step);
        assert!(session.run().is_at_step());
        steps.push((text(&session).to_owned(), session.world().now_us() > 0));
    }
    let texts: Vec<&str> = steps.iter().map(|(text, _)| &**text).collect();
    assert_eq!(texts, ["Nobody leads.", "Who wins?", "S1 leads.", "Take its lead away."]);
    assert_eq!(steps.iter().map(|step| step.1).collect::<Vec<_>>(), [false, false, true, true]);
    // The goals of the last step are set where it waits.
    assert!(session.run().is_flow_over());
    assert_eq!(session.run().goals().count(), 1);
    assert_eq!(play(&mut session), Halt::Reached);
    assert_eq!(session.world().now_us(), 10_000_000);
}

#[test]
fn a_story_begins_at_its_first_step_and_the_diagram_knows_no_more() {
    let story = "servers 3\nelection-timeout never\nsay \"Nobody leads.\"\n\
        ask \"Who will?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1\n\
        timeout s1\nwait leader\n";
    let mut session = Session::open(story).unwrap_or_else(|errors| panic!("{errors:?}"));
    session.begin_story();
    assert_eq!(text(&session), "Nobody leads.");
    assert_eq!(session.diagram().last_event(), session.world().event());
    assert_eq!(play(&mut session), Halt::Step);
    assert_eq!(text(&session), "Who will?");
    assert_eq!(session.diagram().last_event(), session.world().event());
}

#[test]
fn a_moment_of_a_story_is_seen_up_to_its_first_step() {
    let story = "servers 3\nelection-timeout never\nsay \"Nobody leads.\"\nrun 50ms\n\
        ask \"Who will?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1\n\
        timeout s1\nask \"And then?\" \"S1\" if leader s1 \"S2\" if leader s2 answer 1\n\
        wait leader\nsay \"S1 leads.\"\n";
    let mut session = Session::open(story).unwrap_or_else(|errors| panic!("{errors:?}"));
    session.begin_story();
    session.seek_in_story(50_000).expect("near");
    assert_eq!((text(&session), session.world().now_us()), ("Who will?", 50_000));
    assert_eq!(session.diagram().last_event(), session.world().event());
    // Once seen, it stays in sight.
    session.seek_in_story(10_000_000).expect("near");
    let seen = session.diagram().last_event();
    session.seek_in_story(50_000).expect("behind");
    assert_eq!((text(&session), session.world().now_us()), ("Who will?", 50_000));
    assert_eq!(session.diagram().last_event(), seen);
    session.seek_in_story(50_000).expect("here");
    assert_eq!(text(&session), "Who will?");
}

#[test]
fn a_story_that_cannot_reach_a_moment_names_that_moment() {
    let storm = include_str!("../corpus/storm.raft");
    for text in [storm.to_owned(), format!("say \"A storm.\"\n{storm}")] {
        let mut session = Session::open(&text).unwrap_or_else(|errors| panic!("{errors:?}"));
        let said = session.seek_in_story(20_000).expect_err("a storm has too many events");
        assert!(said.contains("before 20ms"), "{said}");
    }
}

#[test]
fn nothing_waits_in_a_run_to_the_end() {
    let mut session = open();
    assert_eq!(session.run_until(10_000_000), Halt::Reached);
    assert_eq!(session.run().step_number(), 4);
}

#[test]
fn back_and_next_go_through_the_same_states() {
    let mut session = open();
    let mut forward = Vec::new();
    while session.next_step().expect("near") {
        forward.push((text(&session).to_owned(), session.world().hash()));
    }
    assert_eq!(forward.len(), 4);
    let mut backward = vec![(text(&session).to_owned(), session.world().hash())];
    while session.run().step_number() > 1 && session.previous_step() {
        backward.push((text(&session).to_owned(), session.world().hash()));
    }
    backward.reverse();
    assert_eq!(forward, backward);
}

#[test]
fn back_goes_first_to_the_step_itself_if_time_has_passed() {
    let mut session = open();
    for _ in 0..3 {
        play(&mut session);
    }
    let step_us = session.world().now_us();
    session.run_until(step_us + 20_000);
    assert!(!session.run().is_at_step());
    assert!(session.previous_step());
    assert_eq!((text(&session), session.world().now_us()), ("S1 leads.", step_us));
    assert!(session.previous_step());
    assert_eq!(text(&session), "Who wins?");
}

#[test]
fn a_journey_to_a_moment_with_steps_stands_at_the_first() {
    let mut session = open();
    session.run_until(2_000_000);
    session.seek_in_story(0).expect("near");
    assert_eq!(text(&session), "Nobody leads.");
}

#[test]
fn a_chapter_begins_at_its_first_step_from_anywhere() {
    let mut session = open();
    let chapters: Vec<u32> = session
        .run()
        .script()
        .story()
        .filter(|(_, narration)| matches!(narration, Narration::Chapter(_)))
        .map(|(line, _)| line)
        .collect();
    session.go_to_chapter(chapters[1]).expect("near");
    assert_eq!(text(&session), "Take its lead away.");
    session.go_to_chapter(chapters[0]).expect("near");
    assert_eq!(text(&session), "S1 leads.");
    assert_eq!(session.run().story_chapter().map(|chapter| chapter.line), Some(chapters[0]));
}

#[test]
fn who_acts_leaves_the_story_and_can_return() {
    let mut session = open();
    for _ in 0..3 {
        play(&mut session);
    }
    let (step_us, hash) = (session.world().now_us(), session.world().hash());
    session.exec("crash s1").expect("it runs");
    assert!(session.run().has_left_story());
    assert_eq!(play(&mut session), Halt::Reached, "no step waits any more");
    assert_eq!((text(&session), session.run().step_number()), ("S1 leads.", 3));
    session.return_to_story();
    assert!(!session.run().has_left_story() && session.run().is_at_step());
    assert_eq!((session.world().now_us(), session.world().hash()), (step_us, hash));
    assert_eq!((session.action_count(), session.branches().len()), (0, 1));
    assert_eq!(play(&mut session), Halt::Step);
    assert_eq!(text(&session), "Take its lead away.");
}

#[test]
fn the_reader_acts_within_the_permissions_of_the_last_step() {
    let mut session = open();
    assert_eq!(session.line_refusal("isolate s1"), None, "before `allow`, all is allowed");
    while session.next_step().expect("near") {}
    let refusal = |session: &Session, line: &str| session.line_refusal(line);
    let only = Some("only crash and restart are allowed here".to_owned());
    assert_eq!(refusal(&session, "isolate s1"), only);
    assert_eq!(refusal(&session, "every 9s crash s1"), only);
    assert_eq!(refusal(&session, "setval x 1"), only);
    for free in ["crash s1", "run 1s", "status", "expect safe", "crsh"] {
        assert_eq!(refusal(&session, free), None, "{free}");
    }
    assert!(!session.run().goals().all(|goal| goal.won));
    session.exec("crash s1").expect("it runs");
    assert!(!session.run().has_left_story(), "the story is over");
    assert!(session.run().goals().all(|goal| goal.won));
    let used = Some("crash is allowed once, and is used".to_owned());
    assert_eq!(refusal(&session, "crash s2"), used);
    assert_eq!(refusal(&session, "restart s1"), None);
    // Try again: the action is gone, and so is its use.
    session.return_to_story();
    assert!(session.run().is_at_step() && session.run().is_flow_over());
    assert_eq!(refusal(&session, "crash s2"), None);
}

#[test]
fn the_choice_is_kept_and_changes_nothing_that_happens() {
    let (mut session, mut other) = (open(), open());
    play(&mut session);
    play(&mut session);
    let line = session.run().story_step().expect("a question").line;
    session.choose(line, 2);
    session.run_until(1_000_000);
    other.run_until(1_000_000);
    assert_eq!(session.choice(line), Some(2));
    assert_eq!((session.world().hash(), session.text()), (other.world().hash(), other.text()));
}

#[test]
fn points_belong_to_the_step_below_them() {
    let mut session = open();
    play(&mut session);
    assert!(session.run().points().is_empty());
    play(&mut session);
    assert_eq!(session.run().points().len(), 1);
    session.run_until(30_000);
    assert!(session.run().points().is_empty(), "time passes after the step");
}
