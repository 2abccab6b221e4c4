//! Damaged traces: a message with a line, or a verdict; never a panic.

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use super::*;

const MUTANTS: u32 = 3_000;

/// Pieces that are inserted into traces.
const PIECES: [&str; 20] = [
    "{",
    "}",
    "\n",
    "\"",
    ",",
    "[]",
    "null",
    "-1",
    "0",
    "1",
    "2",
    "18446744073709551615",
    "1e999",
    "\"s1\"",
    "\"c1\"",
    "\"leader\"",
    "\u{0}",
    "é",
    "{\"id\":1}",
    "{\"trace\":\"raft\",\"version\":1}\n",
];

type Change = (u8, prop::sample::Index, prop::sample::Index, prop::sample::Index);

fn mutate(trace: &str, changes: &[Change]) -> Vec<u8> {
    let mut text = trace.as_bytes().to_vec();
    for (kind, at, to, piece) in changes {
        let (at, to) = (at.index(text.len() + 1), to.index(text.len() + 1));
        let digits = text[at..].iter().position(u8::is_ascii_digit).map(|digit| at + digit);
        match (kind % 6, digits) {
            (0, _) => text.truncate(at.max(30)),
            (1, _) => drop(text.drain(at..to.clamp(at, (at + 60).min(text.len())))),
            (2, _) => drop(text.splice(at..at, PIECES[piece.index(PIECES.len())].bytes())),
            (3, Some(digit)) => {
                let length = text[digit..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let number = ["0", "1", "2", "3", "9", "18446744073709551615"][piece.index(6)];
                text.splice(digit..digit + length, number.bytes());
            }
            (4, _) => {
                // A whole line once more, elsewhere.
                let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
                let line = lines[to % lines.len()].to_vec();
                let start: usize = lines[..at % lines.len()].iter().map(|line| line.len()).sum();
                text.splice(start..start, line);
            }
            _ => {
                // A line is missing.
                let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
                let gone = at % lines.len();
                let kept = lines.iter().enumerate().filter(|(number, _)| *number != gone);
                text = kept.flat_map(|(_, line)| line.iter().copied()).collect();
            }
        }
        if text.is_empty() {
            break;
        }
    }
    text
}

#[test]
fn a_damaged_trace_gets_a_verdict_or_a_message() {
    let scripts = scripts_of_all_kinds();
    let traces: Vec<String> = scripts
        .iter()
        .step_by(7)
        .map(|(_, script)| run(script, None).trace())
        .filter(|trace| trace.len() < 60_000)
        .collect();
    assert!(traces.len() > 20, "only {} traces", traces.len());
    let config = Config { cases: MUTANTS, failure_persistence: None, ..Config::default() };
    // The same mutants each time: a gate must not fail by chance.
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[10; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let (valid, broken, invalid) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let place = any::<prop::sample::Index>;
    let change = (any::<u8>(), place(), place(), place());
    let outcome = runner.run(
        &(any::<prop::sample::Index>(), vec(change, 1..4)),
        |(trace, changes): (prop::sample::Index, Vec<Change>)| {
            let trace = mutate(&traces[trace.index(traces.len())], &changes);
            let lines = trace.split(|byte| *byte == b'\n').count() as u64;
            match TraceReader::default().read(&*trace) {
                Ok(None) => valid.set(valid.get() + 1),
                Ok(Some(found)) => {
                    broken.set(broken.get() + 1);
                    prop_assert!(found.line > 1 && found.line <= lines && !found.text.is_empty());
                }
                Err(problem) => {
                    invalid.set(valid.get() + 1);
                    prop_assert!(problem.line >= 1 && problem.line <= lines, "{:?}", problem);
                    prop_assert!(problem.text.len() > 5, "{:?}", problem);
                }
            }
            Ok::<(), TestCaseError>(())
        },
    );
    let (valid, broken, invalid) = (valid.get(), broken.get(), invalid.get());
    println!("{valid} valid, {broken} broken, {invalid} invalid");
    outcome.expect("no mutant does harm");
    assert!(valid > 10 && broken > 10 && invalid > 300, "{valid}, {broken}, {invalid}");
}
