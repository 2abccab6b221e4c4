//! Sessions: recorded actions make a script that replays exactly, and a person can go anywhere in
//! time.

use std::time::Instant;

use raftarium::script::{Halt, JumpTarget, Run, Session, differences, parse};
use raftarium::sim::{Recorder, World};

use crate::dice::Dice;
use crate::scripts::runnable;
use crate::statements::{short_act, short_script, short_statement};

fn open(text: &str) -> Session {
    Session::open(text).unwrap_or_else(|errors| panic!("{}\nin\n{text}", errors[0]))
}

/// Identifies a world at a moment.
fn stamp(world: &World) -> (u64, u64) {
    (world.now_us(), world.hash())
}

/// The world of a script at that moment, run without a session.
fn replayed(text: &str, time_us: u64) -> (u64, u64) {
    let script = parse(text).unwrap_or_else(|errors| panic!("{}\nin\n{text}", errors[0]));
    let mut run = Run::new(script, &mut Recorder::off());
    while run.run_until(time_us, &mut Recorder::off()) != Halt::Reached {}
    stamp(run.world())
}

/// Plays with a cluster: lets time pass, acts, types, stops in the middle of a moment.
fn play(session: &mut Session, dice: &mut Dice, turns: u64) {
    for _ in 0..turns {
        let now_us = session.world().now_us();
        match dice.below(6) {
            0 | 1 => {
                session.run_until(now_us + dice.below(80_000));
            }
            2 => {
                for _ in 0..dice.below(12) {
                    session.step();
                }
            }
            3 => {
                let statement = short_statement(dice).to_string();
                let _ = session.exec(&statement);
            }
            _ => {
                for _ in 0..=dice.below(2) {
                    let _ = session.act(&short_act(dice));
                }
            }
        }
    }
}

#[test]
fn random_sessions_are_scripts_that_replay_to_the_same_worlds() {
    let mut acts = 0;
    let halves: Vec<_> = [0..150, 1_000..1_150]
        .into_iter()
        .map(|seeds| std::thread::spawn(move || seeds.map(replays_alike).sum::<usize>()))
        .collect();
    for half in halves {
        acts += half.join().expect("every seed replays alike");
    }
    assert!(acts > 500, "only {acts} lines were kept");
}

fn replays_alike(seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let script = short_script(&mut dice).to_string();
    let mut session = open(&script);
    let mut seen = Vec::new();
    for _ in 0..4 {
        play(&mut session, &mut dice, 4);
        // A moment is done with when all that is due in it has happened.
        let now_us = session.world().now_us();
        session.seek(now_us).expect("a moment is not far");
        seen.push(stamp(session.world()));
        // One more action at that moment would change how it ends.
        let _ = session.seek(now_us + 1);
    }
    let text = session.text();
    for &(time_us, hash) in &seen {
        assert_eq!(replayed(&text, time_us), (time_us, hash), "seed {seed} in\n{text}");
    }
    travels_alike(&mut session, &mut dice, &seen, seed);
    let again = open(&text);
    assert_eq!(again.text(), text, "seed {seed}");
    text.lines().skip_while(|line| *line != "by-hand").count()
}

/// To and fro, into another branch and back: the moments stay what they were.
fn travels_alike(session: &mut Session, dice: &mut Dice, seen: &[(u64, u64)], seed: u64) {
    let text = session.text();
    for _ in 0..3 {
        let (time_us, hash) = seen[dice.below(seen.len() as u64) as usize];
        session.seek(time_us).expect("it was there before");
        assert_eq!(stamp(session.world()), (time_us, hash), "seed {seed}: seek in\n{text}");
        let event = session.world().event();
        if session.previous_event() {
            assert!(session.world().event() < event || session.world().now_us() < time_us);
        }
    }
    let others = session.branches().len();
    session.seek(seen[0].0).expect("it was there before");
    let here = stamp(session.world());
    play(session, dice, 2);
    if session.branches().len() > others {
        session.return_to(others).expect("the branch is there");
        assert_eq!(session.text(), text, "seed {seed}: the branch is as it was");
        assert_eq!(session.branches().len(), others + 1, "and the other is kept");
        assert!(session.compare(others).is_ok());
    } else {
        // Either no action was recorded, or all came after the recorded ones.
        assert!(
            session.text().starts_with(&text),
            "seed {seed}: {}\nis not\n{text}",
            session.text()
        );
    }
    session.seek(seen[0].0).expect("it was there before");
    assert_eq!(stamp(session.world()), here, "seed {seed}: back in\n{text}");
    let (time_us, hash) = seen[seen.len() - 1];
    session.seek(time_us).expect("it was there before");
    assert_eq!(stamp(session.world()), (time_us, hash), "seed {seed}: ahead in\n{text}");
}

#[test]
fn a_long_run_takes_bounded_memory_and_every_moment_is_near_a_checkpoint() {
    let mut session = open("load 20/s keys 20 writes 50%\n");
    let mut most = 0;
    let minutes = 5;
    for minute in 1..=minutes {
        session.seek(minute * 60_000_000).expect("it is not far");
        let (count, bytes) = session.checkpoint_sizes();
        assert!(count <= 40, "{count} copies");
        most = most.max(bytes);
    }
    assert!(most <= 24 << 20, "{most} bytes");
    let (end_us, end) = stamp(session.world());
    let events = session.world().event();
    let mut dice = Dice::new(5);
    let mut took = Vec::new();
    for _ in 0..40 {
        let time_us = dice.below(end_us);
        let began = Instant::now();
        session.seek(time_us).expect("it was there");
        took.push(began.elapsed().as_micros());
        assert_eq!(session.world().now_us(), time_us);
    }
    session.seek(end_us).expect("it was there");
    assert_eq!(stamp(session.world()), (end_us, end));
    took.sort_unstable();
    let (p95, steps) = (took[37], session.steps_between_checkpoints());
    println!(
        "{events} events, copies {:?}, p95 of seeks {p95} us, {steps} apart",
        session.checkpoint_sizes()
    );
    // A seek replays no more than lies between two copies.
    assert!(steps < events / 8, "{steps} of {events} events lie between two copies");
}

#[test]
fn jumps_find_events_in_both_directions() {
    let mut session = open("servers 3\nrun 3s\n");
    session.seek(2_500_000).expect("not far");
    let target = |session: &Session, text: &str| JumpTarget::named(text, session).expect(text);
    let leader = target(&session, "leader");
    session.jump_back(&leader).expect("there was one");
    let led_us = session.world().now_us();
    assert!(session.world().leader().is_some() && led_us < 400_000);
    assert!(session.previous_event());
    assert!(session.world().leader().is_none(), "just now there was none");
    session.jump_ahead(&leader).expect("there will be one");
    assert_eq!(session.world().now_us(), led_us);
    session.jump_back(&target(&session, "election")).expect("a campaign came before");
    assert!(session.world().now_us() < led_us && session.world().leader().is_none());
    session.exec("when leader do set a 1").expect("done");
    session.jump_ahead(&target(&session, "value a = 1")).expect("it will be");
    assert!(session.world().now_us() > led_us);
    let here = stamp(session.world());
    let missed = session.jump_back(&target(&session, "violation")).expect_err("all is well");
    assert!(missed.contains("there was no violation between 0ms and"), "{missed}");
    let missed =
        session.jump_ahead(&target(&session, "crashed s1")).expect_err("nobody crashes it");
    assert!(missed.contains("there is no moment at which `crashed s1` becomes true"), "{missed}");
    assert_eq!(stamp(session.world()), here, "it stands where it stood");
    assert!(
        JumpTarget::named("value a", &session).expect_err("no condition").starts_with("column 8:")
    );
}

#[test]
fn lines_are_edited_removed_undone_and_redone() {
    let mut session = open("# mine\nservers 3\nrun 1s");
    session.seek(300_000).expect("not far");
    session.exec("crash s1").expect("done");
    session.seek(700_000).expect("not far");
    session.exec("restart s1").expect("done");
    let whole = "# mine\nservers 3\nrun 1s\nby-hand\nat 300ms crash s1\nat 700ms restart s1\n";
    assert_eq!(session.text(), whole);
    let there = stamp(session.world());
    assert!(session.undo());
    assert_eq!(session.text(), whole.replace("at 700ms restart s1\n", ""));
    assert!(!session.world().servers()[0].is_alive() && session.world().now_us() == 700_000);
    assert!(session.redo() && !session.redo());
    assert_eq!((session.text().as_str(), stamp(session.world())), (whole, there));
    session.edit_line(5, Some("at 400ms wipe s2")).expect("it can be done");
    assert_eq!(session.text(), whole.replace("at 300ms crash s1", "at 400ms wipe s2"));
    assert!(session.world().servers()[0].is_alive() && !session.world().servers()[1].is_alive());
    let changed = (session.text(), stamp(session.world()));
    for (line, said) in [
        ("at 400ms wpie s2", "5:10: expected"),
        ("crash s1", "5:1: expected `at`, below `by-hand`"),
        ("at 1ms crash leader", "5: expected to do `crash leader`, but there is no leader"),
    ] {
        let error = session.edit_line(5, Some(line)).expect_err(line);
        assert!(error.contains(said), "{line}: {error}");
        assert_eq!((session.text(), stamp(session.world())), changed, "{line} changes nothing");
    }
    assert!(session.edit_line(9, None).is_err());
    session.edit_line(2, Some("servers 5")).expect("the head can be changed, too");
    assert_eq!(session.world().servers().len(), 5);
    session.edit_line(5, None).expect("a line can go");
    assert!(session.world().servers()[1].is_alive());
    while session.undo() {}
    assert_eq!(session.text(), "# mine\nservers 3\nrun 1s");
    assert_eq!(session.world().now_us(), 700_000);
}

#[test]
fn an_action_in_the_past_starts_a_branch_and_the_old_one_can_be_compared_and_restored() {
    let mut session = open("servers 3\nseed 2\n");
    session.seek(1_000_000).expect("not far");
    session.exec("set x 1").expect("done");
    session.seek(2_000_000).expect("not far");
    let (old, text) = (stamp(session.world()), session.text());
    session.seek(900_000).expect("not far");
    session.exec("crash leader").expect("done");
    session.exec("set x 2").expect("done");
    assert_eq!(session.branches().len(), 1, "one branch, however much is done in it");
    assert_eq!((session.branches()[0].name(), session.branch_name()), ("main", "branch 1"));
    assert_eq!(session.branches()[0].forked_us(), Some(900_000));
    session.seek(2_000_000).expect("not far");
    let found: Vec<String> =
        session.compare(0).expect("there is one").iter().map(ToString::to_string).collect();
    let has =
        |words: &[&str]| found.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(has(&["is crashed here", "leader there"]), "{found:#?}");
    assert!(has(&["`x` on", "`2` here", "`1` there"]), "{found:#?}");
    assert!(has(&["the term of"]) && has(&["the log of"]), "{found:#?}");
    session.rename_branch(None, "what if");
    session.return_to(0).expect("it is there");
    session.seek(2_000_000).expect("not far");
    assert_eq!((stamp(session.world()), session.text()), (old, text));
    assert_eq!(session.branches()[0].name(), "what if");
    assert!(differences(session.world(), session.world()).is_empty());
    assert!(session.return_to(7).is_err());
}

#[test]
fn a_stop_that_was_stepped_over_does_not_halt_later() {
    let mut session = open("servers 3\nrun 100ms\nstop\nrun 1s\n");
    assert_eq!(session.run_until(2_000_000), Halt::Breakpoint { line: 3 });
    assert!(session.previous_event());
    assert_eq!(session.run_until(2_000_000), Halt::Breakpoint { line: 3 }, "it is passed again");
    assert!(session.previous_event());
    while session.world().now_us() <= 100_000 {
        assert!(session.step());
    }
    assert_eq!(session.run_until(2_000_000), Halt::Reached);
}

#[test]
fn the_journal_is_complete_after_going_back() {
    let mut session = open("load 20/s keys 20 writes 50%\n");
    let journal = |session: &Session| -> Vec<(u64, u64)> {
        session.journal().events().map(|event| (event.id, event.time_us)).collect()
    };
    session.seek(8_000_000).expect("not far");
    let then = journal(&session);
    session.seek(9_000_000).expect("not far");
    session.seek(8_000_000).expect("not far");
    let again = journal(&session);
    assert!(again.len() > 3000 && then.ends_with(&again), "{} events are kept", again.len());
    assert!(again.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0), "without a gap");
    session.seek(10_000).expect("not far");
    session.seek(8_000_000).expect("not far");
    assert_eq!(journal(&session), then, "from near the start, all of it is recorded again");
    session.seek(2_000_000).expect("not far");
    session.exec("crash leader").expect("done");
    let newest = session.journal().newest().map(|event| event.id);
    assert_eq!(newest, Some(session.world().event()), "nothing of the other branch is left");
}

#[test]
fn the_text_to_here_ends_where_the_session_is() {
    let mut session = open("servers 3\nwait leader\n");
    assert_eq!(session.text_to_here(), "servers 3\nwait leader\n");
    session.seek(2_345_678).expect("not far");
    session.exec("crash leader").expect("done");
    session.seek(3_000_000).expect("not far");
    let text = session.text_to_here();
    assert!(text.ends_with("by-hand\nat 2.345678s crash leader\nat 3s stop\n"), "{text}");
    let mut run = Run::new(parse(&text).expect("it is a script"), &mut Recorder::off());
    assert!(run.finish(&mut Recorder::off()).ok);
    assert_eq!(stamp(run.world()), stamp(session.world()));
}

#[test]
fn every_golden_script_goes_back_and_forth_and_ends_alike() {
    for (name, script) in runnable() {
        let mut whole = Run::new(script.clone(), &mut Recorder::off());
        whole.finish(&mut Recorder::off());
        let mut session = open(&script.to_string());
        session.finish();
        let end_us = session.world().now_us();
        session.seek(end_us / 2).expect("it was there");
        while session.previous_event() && session.world().now_us() > end_us / 3 {}
        session.finish();
        assert_eq!(stamp(session.world()), stamp(whole.world()), "{name}");
    }
}
