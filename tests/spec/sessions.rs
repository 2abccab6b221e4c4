//! Sessions: what is done by hand is a script again, and time is a place.

use raftarium::script::{Halt, Runner, Session, Sight, differences, parse};
use raftarium::sim::World;

use crate::scripts::runnable;
use crate::statements::{Dice, short_act, short_script, short_statement};

fn open(text: &str) -> Session {
    Session::open(text).unwrap_or_else(|errors| panic!("{}\nin\n{text}", errors[0]))
}

/// What identifies a world at a moment.
fn stamp(world: &World) -> (u64, u64) {
    (world.now_us(), world.hash())
}

/// The world of a script at that moment, run without a session.
fn replayed(text: &str, time_us: u64) -> (u64, u64) {
    let script = parse(text).unwrap_or_else(|errors| panic!("{}\nin\n{text}", errors[0]));
    let mut runner = Runner::new(script);
    while runner.run_until(time_us) != Halt::Reached {}
    stamp(runner.world())
}

/// Somebody plays with a cluster: lets time pass, acts, types, stops in the midst of a moment.
fn play(session: &mut Session, dice: &mut Dice, turns: u64) {
    for _ in 0..turns {
        let now_us = session.world().now_us();
        match dice.below(6) {
            0 | 1 => {
                session.run_until(now_us + dice.below(80_000));
            }
            2 => {
                for _ in 0..dice.below(12) {
                    session.step_event();
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
    let halves: Vec<_> = [0..1_000, 1_000..2_000]
        .into_iter()
        .map(|seeds| std::thread::spawn(move || seeds.map(replays_alike).sum::<usize>()))
        .collect();
    for half in halves {
        acts += half.join().expect("every seed replays alike");
    }
    assert!(acts > 3_000, "only {acts} lines were kept");
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
        // Whoever acted once more at that moment would change how it ends.
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
        // Nothing was done by hand, or only after all that had been before.
        assert!(session.text().starts_with(&text), "seed {seed}: {}\nis not\n{text}", session.text());
    }
    session.seek(seen[0].0).expect("it was there before");
    assert_eq!(stamp(session.world()), here, "seed {seed}: back in\n{text}");
    let (time_us, hash) = seen[seen.len() - 1];
    session.seek(time_us).expect("it was there before");
    assert_eq!(stamp(session.world()), (time_us, hash), "seed {seed}: ahead in\n{text}");
}
