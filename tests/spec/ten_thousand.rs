//! Ten thousand random scripts: parsing undoes printing, and a run is the same at once, again, or
//! with journeys through time and other branches in between.

use raftarium::script::{Halt, JumpTarget, Run, Session, parse};
use raftarium::sim::Recorder;

use crate::dice::Dice;
use crate::statements::{short_act, short_statement, whole_script};

/// Where each run ends, in microseconds.
const END_US: u64 = 120_000;

#[test]
fn ten_thousand_scripts_survive_printing_and_run_alike_on_every_way() {
    let halves: Vec<_> = [0..5_000, 5_000..10_000]
        .into_iter()
        .map(|seeds| std::thread::spawn(move || seeds.map(runs_alike).sum::<u32>()))
        .collect();
    let branched: u32 = halves.into_iter().map(|half| half.join().expect("all run alike")).sum();
    assert!(branched > 2_000, "only {branched} journeys went into another branch");
}

/// Returns how often an action started a branch.
fn runs_alike(seed: u64) -> u32 {
    let mut dice = Dice::new(seed);
    let script = whole_script(&mut dice);
    let text = script.to_string();
    let again = parse(&text).unwrap_or_else(|errors| panic!("seed {seed}: {}\n{text}", errors[0]));
    assert_eq!(again.to_string(), text, "seed {seed}");
    assert!(again.statements().eq(script.statements()), "seed {seed}:\n{text}");

    let mut session = Session::open(&text).expect("it has just been parsed");
    let whole = session.seek(END_US).err();
    let stand = |session: &Session| (session.world().now_us(), session.world().hash());
    let end = stand(&session);
    if whole.is_none() {
        let mut run = Run::new(again, &mut Recorder::off());
        while run.run_until(END_US, &mut Recorder::off()) != Halt::Reached {}
        assert_eq!((run.world().now_us(), run.world().hash()), end, "seed {seed}:\n{text}");
    }
    let branches = wander(&mut session, &mut dice);
    assert_eq!(session.text(), text, "seed {seed}");
    let came = session.seek(END_US).err();
    // Where there is too much to go through, a journey from further on reaches further.
    if whole.is_none() && came.is_none() {
        assert_eq!(stand(&session), end, "seed {seed}:\n{text}");
    }
    branches
}

/// Goes back and forth and into other branches, and undoes all actions at the end.
fn wander(session: &mut Session, dice: &mut Dice) -> u32 {
    let mut branches = 0;
    for _ in 0..4 {
        let _ = session.seek(dice.below(END_US * 5 / 4));
        match dice.below(6) {
            0 => {
                session.previous_event();
            }
            1 => {
                let _ = session.jump_back(&JumpTarget::Election);
            }
            2 => {
                let _ = session.jump_back(&JumpTarget::Commit);
            }
            3 => {
                let _ = session.act(&short_act(dice));
                let _ = session.exec(&short_statement(dice).to_string());
                let _ = session.seek(END_US);
                while session.undo() {}
                while dice.coin() && session.redo() {}
                while session.undo() {}
            }
            _ => {
                let known = session.branches().len();
                let _ = session.act(&short_act(dice));
                let _ = session.exec(&short_statement(dice).to_string());
                if session.branches().len() > known {
                    let _ = session.seek(dice.below(END_US));
                    // Either it says what differs, or that too much happens up to there.
                    let compared = session.compare(known);
                    assert!(
                        compared
                            .as_ref()
                            .err()
                            .is_none_or(|said| said.starts_with("expected less than "))
                    );
                    session.return_to(known).expect("it is there");
                    branches += 1;
                } else {
                    while session.undo() {}
                }
            }
        }
    }
    branches
}
