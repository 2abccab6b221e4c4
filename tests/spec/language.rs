//! The parser and the printer: printed scripts parse to the same tree, and errors are reported
//! well.

use raftarium::script::{ParseError, parse};

use crate::dice::Dice;
use crate::statements::random_script;

#[test]
fn printed_scripts_parse_to_the_same_tree() {
    for seed in 0..10_000 {
        let script = random_script(&mut Dice::new(seed));
        let text = script.to_string();
        let again = parse(&text).unwrap_or_else(|errors| {
            panic!("seed {seed}: {}\nin\n{text}", list_errors(&errors));
        });
        let statements = |script: &raftarium::script::Script| {
            script.statements().map(|(_, statement)| statement.clone()).collect::<Vec<_>>()
        };
        assert_eq!(statements(&script), statements(&again), "seed {seed}:\n{text}");
        assert_eq!(text, again.to_string(), "seed {seed}: printed twice");
    }
}

#[test]
fn comments_and_blank_lines_are_kept() {
    let text = "# A story\n\nservers 3 # few\n\nrun 1s\n# the end\n";
    assert_eq!(parse(text).expect("parses").to_string(), text);
}

/// Each case of `errors.txt` is a script with all its error messages.
#[test]
fn every_error_has_its_place_its_reason_and_a_suggestion() {
    let golden = include_str!("errors.txt");
    let mut wrong = Vec::new();
    let cases = golden.split("---\n").skip(1);
    for case in cases {
        let (messages, script): (Vec<&str>, Vec<&str>) =
            case.lines().partition(|line| line.starts_with("! "));
        let script = script.join("\n");
        let expected: Vec<&str> = messages.iter().map(|message| &message[2..]).collect();
        let found = match parse(&script) {
            Ok(_) => vec!["no error".to_owned()],
            Err(errors) => errors.iter().map(ParseError::to_string).collect(),
        };
        if expected != found {
            wrong.push(format!("{script}\n  expected {expected:#?}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn alternative_spellings_mean_the_same() {
    for (free, canonical) in [
        ("crash s1, s3", "crash s1,s3"),
        ("cut s1->s2", "cut s1 -> s2"),
        ("cut s1<->c1", "cut s1 <-> c1"),
        ("partition s1,s2|s3", "partition s1,s2 | s3"),
        ("expect term s1>=3", "expect term s1 >= 3"),
        ("suspend s1 for 3s", "pause s1 for 3s"),
        ("latency 10ms", "latency 10ms..10ms"),
        ("run 2m", "run 120s"),
        ("hold", "hold next 1"),
        ("expect not not safe", "expect safe"),
        ("hold from s1 append", "hold next 1 append from s1"),
        ("load 5/s", "load 5/s keys 5 writes 50%"),
        ("\u{feff}run 1s\r", "run 1s"),
    ] {
        let script =
            parse(free).unwrap_or_else(|errors| panic!("{free}: {}", list_errors(&errors)));
        assert_eq!(script.to_string().trim_end(), canonical);
    }
}

#[test]
fn a_value_in_quotes_is_never_a_word_of_the_language() {
    let text = "expect value k = \"none\" and answer = \"ok\"\n\
                expect value k = none and answer = ok\n";
    let script = parse(text).expect("parses");
    let lines: Vec<_> = script.statements().map(|(_, statement)| statement).collect();
    assert_ne!(lines[0], lines[1]);
    assert_eq!(script.to_string(), text);
}

#[test]
fn damaged_scripts_never_panic() {
    let pieces = ["\"", "\\", "#", "|", "<->", "..", ",", "é", "\u{0}", "9999999999999999999999"];
    for seed in 0..5_000 {
        let mut dice = Dice::new(seed);
        let mut text = random_script(&mut dice).to_string();
        for _ in 0..=dice.below(4) {
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let from = starts[dice.below(starts.len() as u64) as usize];
            let to = starts[dice.below(starts.len() as u64) as usize];
            match dice.below(3) {
                0 => text.insert_str(from, pieces[dice.below(pieces.len() as u64) as usize]),
                1 => text.replace_range(from.min(to)..to.max(from), ""),
                _ => text.truncate(from),
            }
            if text.is_empty() {
                text.push('?');
            }
        }
        // Either outcome is fine, but errors must lie within the text.
        if let Err(errors) = parse(&text) {
            for error in errors {
                let lines = text.lines().count().max(1) as u32;
                assert!((1..=lines).contains(&error.line), "seed {seed}: {error}");
                assert!(error.column >= 1, "seed {seed}: {error}");
            }
        }
    }
}

#[test]
fn long_scripts_are_parsed_quickly_or_rejected() {
    let started = std::time::Instant::now();
    for line in ["heal\n", "x", "s1,", "crash s1,", "\"", "expect safe and ", "given s1 log 1 "] {
        let text = line.repeat(1_000_000 / line.len());
        let _ = parse(&text);
        let _ = parse(&format!("crash {text}"));
        let _ = parse(&format!("expect log s1 = {text}"));
    }
    let too_long = parse(&"#".repeat(1_000_001)).expect_err("too long");
    assert_eq!(
        too_long[0].to_string(),
        "1:1: expected a script of at most 1000000 bytes, found 1000001 bytes"
    );
    assert!(started.elapsed().as_secs() < 20, "it took {:?}", started.elapsed());
}

#[test]
fn at_most_a_hundred_errors_are_reported() {
    let errors = parse(&"nonsense\n".repeat(1_000)).expect_err("all wrong");
    assert_eq!(errors.len(), 100);
    assert_eq!(errors[99].line, 100);
}

fn list_errors(errors: &[ParseError]) -> String {
    errors.iter().map(ParseError::to_string).collect::<Vec<_>>().join("\n")
}
