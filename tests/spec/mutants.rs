//! A hundred thousand damaged scripts and links: no panic, no hang, and an open session stays as it
//! is.
//!
//! They are made from the golden scripts and the hostile ones in `tests/corpus`, where every script
//! stays that once did harm. Work is counted, never timed, so nothing here looks at a clock.
//! `RAFTARIUM_MUTANTS=1000000 cargo test --test spec mutants` tries more, and others each time.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use raftarium::script::{Session, ShareLink, parse};

use crate::scripts;

/// The number of mutants, scripts and links together.
const MUTANTS: u32 = 100_000;
const THREADS: u32 = 2;
/// How far mutants run, in microseconds.
const SPAN_US: u64 = 1_000;
/// How far the hostile scripts run, in microseconds.
const HOSTILE_US: u64 = 50_000;
/// The session that mutants are tried on.
const SESSION: &str =
    "servers 3\nseed 4\nrun 1s\nby-hand\nat 300us timeout s1\nat 700us crash s2\n";

/// Pieces that are inserted into texts.
const PIECES: [&str; 24] = [
    "\"",
    "\\",
    "#",
    "|",
    "<->",
    "..",
    ",",
    "é",
    "\u{0}",
    "\n",
    "\r",
    " and ",
    " not ",
    "0",
    "9999",
    "99999999999999999999999",
    "1us",
    "99999999s",
    "leader",
    "whenever time > 0s do ",
    "every 1us ",
    "at 0ms ",
    "by-hand\n",
    "load 100000/s\n",
];

/// Which text of the corpus, and the changes to it.
type Mutant = (prop::sample::Index, Vec<(u8, u32, u32)>);

/// The hostile scripts (`raft`) or links (`link`) with their paths.
fn corpus(extension: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| (path.display().to_string(), fs::read_to_string(path).expect("text")))
        .collect();
    found.sort();
    found
}

fn mutate(text: &str, changes: &[(u8, u32, u32)], others: &[String]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for &(kind, a, b) in changes {
        let place = |number: u32| number as usize % (text.len() + 1);
        let (from, to) = (place(a).min(place(b)), place(a).max(place(b)));
        let piece = PIECES[b as usize % PIECES.len()];
        match kind % 8 {
            0 => drop(text.drain(from..to.min(from + 40))),
            1 => text.truncate(to),
            2 => {
                let again = text[from..to.min(from + 200)].to_vec();
                text.splice(to..to, again);
            }
            3 => {
                // Insert a line of another script.
                let other = &others[b as usize % others.len()];
                let lines: Vec<&str> = other.lines().collect();
                let line = lines.get(a as usize % lines.len().max(1)).copied().unwrap_or_default();
                let start = text[..from].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
                text.splice(start..start, line.chars().take(2_000).chain(['\n']));
            }
            4 => {
                // Replace a number.
                if let Some(at) = text[from..].iter().position(char::is_ascii_digit) {
                    let numbers = ["0", "1", "2", "9", "100", "4294967296", "1000000000000000"];
                    let end = text[from + at..].iter().take_while(|c| c.is_ascii_digit()).count();
                    let number = numbers[b as usize % numbers.len()];
                    text.splice(from + at..from + at + end, number.chars());
                }
            }
            _ => {
                let end = if kind % 2 == 0 { from } else { to.min(from + 3) };
                text.splice(from..end, piece.chars());
            }
        }
    }
    text.into_iter().collect()
}

/// Edits a session to be this text. If it is rejected, nothing has changed; if it is accepted,
/// actions, seeking and undo work.
fn edit_a_session(text: &str) -> Result<(), TestCaseError> {
    let mut session = Session::open(SESSION).expect("a script");
    session.seek(SPAN_US).expect("it is near");
    let state =
        |session: &Session| (session.text(), session.world().now_us(), session.world().hash());
    let before = state(&session);
    match session.edit(text) {
        Err(said) => {
            prop_assert!(!said.is_empty());
            prop_assert_eq!(state(&session), before);
            return Ok(());
        }
        Ok(()) => prop_assert!(parse(&session.text()).is_ok(), "{}", session.text()),
    }
    let _ = session.exec("set x 1");
    let _ = session.exec("crash s1");
    session.previous_event();
    let _ = session.exec("every 500us set y 2");
    let _ = session.seek(SPAN_US * 2);
    prop_assert!(parse(&session.text()).is_ok(), "{}", session.text());
    while session.undo() {}
    let _ = session.seek(SPAN_US);
    prop_assert_eq!(state(&session), before);
    Ok(())
}

fn script_is_harmless(text: &str) -> Result<(), TestCaseError> {
    if let Err(errors) = parse(text) {
        prop_assert!(!errors.is_empty());
        let lines = text.lines().count().max(1) as u32;
        prop_assert!(errors.iter().all(|e| (1..=lines).contains(&e.line) && e.column >= 1));
    }
    edit_a_session(text)
}

fn link_is_harmless(link: &str) -> Result<(), TestCaseError> {
    match ShareLink::read(link) {
        Err(said) => prop_assert!(said.len() > 10, "{}", said),
        Ok(ShareLink { text, .. }) => edit_a_session(&text)?,
    }
    Ok(())
}

/// Tries `cases` mutants of these texts.
fn try_mutants(
    cases: u32,
    texts: &[String],
    thread: u32,
    is_harmless: fn(&str) -> Result<(), TestCaseError>,
) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let more = std::env::var_os("RAFTARIUM_MUTANTS").is_some();
    let mut runner = match more {
        true => TestRunner::new(config),
        // The same mutants each time: a gate must not fail by chance.
        false => {
            let seed = [thread as u8; 32];
            TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
        }
    };
    let mutant = (any::<prop::sample::Index>(), vec(any::<(u8, u32, u32)>(), 1..5));
    let made = |(place, changes): &Mutant| mutate(&texts[place.index(texts.len())], changes, texts);
    let outcome = runner.run(&mutant, |mutant| is_harmless(&made(&mutant)));
    if let Err(proptest::test_runner::TestError::Fail(reason, mutant)) = &outcome {
        panic!("{reason}\nadd this to tests/corpus:\n{}", made(mutant));
    }
    outcome.expect("they run");
}

fn cases() -> u32 {
    let more = std::env::var("RAFTARIUM_MUTANTS").ok().and_then(|more| more.parse().ok());
    more.unwrap_or(MUTANTS)
}

fn in_threads(cases: u32, texts: Vec<String>, is_harmless: fn(&str) -> Result<(), TestCaseError>) {
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let texts = &texts;
            scope.spawn(move || try_mutants(cases / THREADS, texts, thread, is_harmless));
        }
    });
}

#[test]
fn damaged_scripts_do_no_harm() {
    let hostile: Vec<String> = corpus("raft").into_iter().map(|(_, text)| text).collect();
    let golden: Vec<String> = scripts::all().into_iter().map(|(_, text)| text).collect();
    let mut texts = [golden, hostile].concat();
    texts.retain(|text| text.len() < 2_000);
    in_threads(cases() / 10 * 9, texts, script_is_harmless);
}

#[test]
fn damaged_links_do_no_harm() {
    let texts = [corpus("raft"), scripts::all()].concat().into_iter();
    let links = texts.filter(|(_, text)| text.len() < 2_000).map(|(_, text)| {
        let link = ShareLink { text, time_us: SPAN_US };
        link.fragment().expect("it is short")
    });
    let hostile = corpus("link").into_iter().map(|(_, link)| link);
    in_threads(cases() / 10, links.chain(hostile).collect(), link_is_harmless);
}

/// A hostile link is rejected with a reason, and the open session stays as it is.
#[test]
fn hostile_links_are_rejected() {
    for (name, link) in corpus("link") {
        let said = ShareLink::read(&link).expect_err(&name);
        assert!(said.starts_with("this link "), "{name}: {said}");
        link_is_harmless(&link).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// A hostile script ends, or stops at a limit with a message.
#[test]
fn hostile_scripts_end_or_stop_at_a_limit() {
    for (name, text) in corpus("raft") {
        let mut session =
            Session::open(&text).unwrap_or_else(|errors| panic!("{name}: {}", errors[0]));
        let said = session.seek(HOSTILE_US).err();
        let now_us = session.world().now_us();
        match said {
            None => assert_eq!(now_us, HOSTILE_US, "{name}"),
            Some(said) => assert!(said.starts_with("expected "), "{name}: {said}"),
        }
    }
}
