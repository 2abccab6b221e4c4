//! The challenges: what each asks cannot be had by waiting or by what it forbids, its solution
//! wins, and where it says that nothing helps, a search finds nothing either.

mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use raftarium::script::{
    AnsweredChallenge, Level, Narration, Run, Script, Session, ShareLink, parse, unfit_challenge,
};
use raftarium::sim::{Duration, Recorder};

use crate::lessons::avoided_in;
use crate::scenarios::{SUMMARY_WORDS, WORDS_MAX, dead_links, glossary, narration, steps, words};

const LEAST: usize = 24;
/// The longest that a challenge takes to set the stage, and a row of questions as a whole.
const SETUP_MAX_US: u64 = 5_000_000;
const QUESTIONS_MAX_US: u64 = 20_000_000;
/// How long a reader may sit without winning by doing nothing.
const IDLE: &str = "40s";
const TOPICS: [&str; 8] =
    ["elections", "logs", "clients", "decisions", "membership", "proofs", "indexes", "study"];
/// The quiz whose answers the scenarios of the rules give.
const RULES: &str = "harm-or-delay";

pub struct Challenge {
    pub name: String,
    pub text: String,
    pub script: Script,
    /// The worked solution: lines below `by-hand`.
    pub solution: String,
}

impl Challenge {
    /// Whether it claims that its goals cannot be reached.
    pub fn is_impossible(&self) -> bool {
        self.script.possibility().is_some_and(|it| !it.is_possible)
    }

    /// Whether it says that its goals can be reached.
    fn is_possible(&self) -> bool {
        self.script.possibility().is_some_and(|it| it.is_possible)
    }

    fn run(&self, by_hand: &str) -> Run {
        finish(&self.name, &format!("{}{by_hand}", self.text))
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("challenges")
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let files =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let scripts = files.filter(|path| path.extension().is_some_and(|ext| ext == "raft"));
    let named = scripts.map(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).expect("a script"))
    });
    named.collect()
}

pub fn challenges() -> Vec<Challenge> {
    let mut solutions = files(&folder().join("solutions"));
    let mut challenges = Vec::new();
    for topic in TOPICS {
        for (name, text) in files(&folder().join(topic)) {
            let script = parse(&text).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
            let solution = solutions.remove(&name);
            let solution = solution.unwrap_or_else(|| panic!("{name}: no solution"));
            challenges.push(Challenge { name, text, script, solution });
        }
    }
    assert!(solutions.is_empty(), "solutions without a challenge: {:?}", solutions.keys());
    challenges
}

fn finish(name: &str, text: &str) -> Run {
    let script = parse(text).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
    let mut run = Run::new(script, &mut Recorder::off());
    run.finish(&mut Recorder::off());
    run
}

/// The expectations that failed. That a property is violated may be the goal.
fn failures(run: &Run) -> Vec<String> {
    let failures = run.failures().iter().filter(|failure| failure.property.is_none());
    failures.map(|failure| format!("line {}: {}", failure.line, failure.text)).collect()
}

/// What is wrong with the challenges, with their names.
fn assert_all(check: impl Fn(&Challenge) -> Vec<String>) {
    let mut wrong = Vec::new();
    for challenge in challenges() {
        let found = check(&challenge);
        wrong.extend(found.into_iter().map(|why| format!("{}: {why}", challenge.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_enough_challenges_of_each_level() {
    let challenges = challenges();
    assert!(challenges.len() >= LEAST, "only {}", challenges.len());
    for level in Level::ALL {
        let is_it = |found: &Narration| *found == Narration::Level(level);
        let count = challenges.iter().filter(|it| narration(&it.script).any(is_it)).count();
        assert!(count >= 5, "only {count} are {}", level.name());
    }
    let impossible = challenges.iter().filter(|it| it.is_impossible()).count();
    assert!(impossible >= 5, "only {impossible} cannot be won");
    let names: BTreeSet<&str> = challenges.iter().map(|it| &*it.name).collect();
    assert_eq!(names.len(), challenges.len(), "two have the same name");
}

#[test]
fn no_challenge_is_won_by_waiting() {
    assert_all(|challenge| {
        let mut wrong = Vec::new();
        let start = challenge.run("");
        wrong.extend(failures(&start));
        let time_us = start.world().now_us();
        let most_us = if challenge.script.has_score() { QUESTIONS_MAX_US } else { SETUP_MAX_US };
        if time_us > most_us {
            wrong.push(format!("it takes {} to begin", Duration(time_us)));
        }
        let idle = challenge.run(&format!("by-hand\nat {IDLE} stop\n"));
        wrong.extend(failures(&idle));
        for (run, when) in [(start, "at its start"), (idle, "by waiting")] {
            if run.is_won() != Some(false) {
                wrong.push(format!("it is won {when}"));
            }
        }
        wrong
    });
}

#[test]
fn every_solution_wins_with_what_is_allowed() {
    assert_all(|challenge| {
        let solved = challenge.run(&challenge.solution);
        let mut wrong = failures(&solved);
        wrong.extend(solved.breaches().iter().map(|it| format!("line {}: {it}", it.line)));
        if solved.is_won() != Some(true) {
            let lost = solved.goals().filter(|goal| !goal.won);
            let lost: Vec<String> = lost.map(|goal| goal.text.to_owned()).collect();
            wrong.push(format!("the solution does not win: {lost:?}"));
        }
        wrong
    });
}

/// Who claims wrongly, or solves and claims, has not won.
#[test]
fn a_wrong_claim_loses() {
    assert_all(|challenge| {
        let Some(possibility) = challenge.script.possibility() else { return Vec::new() };
        let claim = match possibility.is_possible {
            true => format!("{}claim impossible\n", challenge.solution),
            false => format!("{}claim possible\n", challenge.solution),
        };
        let is_won = challenge.run(&claim).is_won() == Some(true);
        is_won.then(|| "a wrong claim wins".to_owned()).into_iter().collect()
    });
}

/// The tools are few: what would make each challenge trivial is forbidden.
#[test]
fn every_toolbox_is_limited() {
    const NEVER: [&str; 7] =
        ["rule", "inject", "election-timeout", "heartbeat", "latency", "when", "every"];
    assert_all(|challenge| {
        let run = challenge.run("");
        let permissions = run.permissions();
        let mut wrong = Vec::new();
        if permissions.allowed.is_none() && !challenge.script.has_score() {
            wrong.push("everything is allowed".to_owned());
        }
        for verb in NEVER {
            if permissions.forbidden(verb).is_none() && !challenge.script.has_score() {
                wrong.push(format!("`{verb}` is allowed"));
            }
        }
        wrong
    });
}

/// Ways around a challenge, each with what a reader might try.
const CHEATS: [(&str, &str); 17] = [
    ("standstill", "at 1s crash s1,s2"),
    ("broken-promise", "at 1s wipe s1,s2"),
    ("two-leaders", "at 1s timeout s2,s3"),
    ("prev-beyond", "at 1s inject append from s2 to s3 prev 9/1"),
    ("match-falls", "at 1s wipe s2"),
    ("hands-off", "at 1s timeout s3"),
    ("hands-off", "at 1s crash leader"),
    ("two-leaders", "at 1s inject vote from s3 to s2 term 2"),
    ("two-leaders", "at 1s timeout s2\nat 1.3s timeout s2\nat 1.6s timeout s2"),
    ("standstill", "at 1s crash s1\nat 1s crash s2"),
    ("standstill", "at 1s cut s1 <-> s2\nat 1s cut s2 <-> s3"),
    ("half-deaf", "at 1s cut s2 -> s1\nat 1s cut s3 -> s1\nat 1s cut s4 -> s1"),
    ("for-ever", "at 1s crash leader\nat 2s crash leader"),
    ("one-disk", "at 1s rule one-vote off"),
    ("lost-write", "at 1s crash s1"),
    ("stale-read", "at 1s reads local"),
    ("figure-8", "at 1s isolate s5"),
];

#[test]
fn cheats_are_forbidden() {
    let challenges = challenges();
    for (name, lines) in CHEATS {
        let challenge = challenges.iter().find(|it| it.name == name).expect(name);
        let after = challenge.run("").world().now_us();
        let mut by_hand = "by-hand\n".to_owned();
        for (place, line) in (1..).zip(lines.lines()) {
            let (_, act) = line.trim_start_matches("at ").split_once(' ').expect("an act");
            by_hand += &format!("at {} {act}\n", Duration(after + place * 300_000));
        }
        let breaches = challenge.run(&by_hand).breaches();
        assert!(!breaches.is_empty(), "{name} allows `{lines}`");
    }
}

/// What is done only in part, or in another way than the text asks for, does not win.
const HALF_WAYS: [(&str, &str); 12] = [
    ("hands-off", "pause s3 for 400ms\npause s3 for 400ms"),
    ("standstill", "cut s1,s2 <-> s2,s3"),
    ("standstill", "crash s1\ncut s1 <-> s2,s3"),
    ("for-ever", "cut s1,s2,s3,s4 <-> s2,s3,s4,s5"),
    ("half-deaf", "cut s1 <-> s2,s3,s4,s5"),
    ("next-falls", "timeout s1"),
    ("prev-beyond", "hold all append to s3\nheal"),
    ("majority-match", "timeout s1"),
    ("commit-without-match", "timeout s2"),
    ("commit-over-match", "set x 1 via s1\nset x 2 via s1"),
    ("commit-over-match", "cut s2 <-> s1\nset x 1 via s1\nset x 2 via s1"),
    ("match-outdated", "partition s1,s2 | s3,s4,s5\nset x 1 via s1\ntimeout s3\nheal"),
];

#[test]
fn half_a_solution_wins_nothing() {
    let challenges = challenges();
    for (name, acts) in HALF_WAYS {
        let challenge = challenges.iter().find(|it| it.name == name).expect(name);
        let after = challenge.run("").world().now_us();
        let mut by_hand = "by-hand\n".to_owned();
        for (place, act) in (1..).zip(acts.lines()) {
            by_hand += &format!("at {} {act}\n", Duration(after + place * 300_000));
        }
        by_hand += &format!("at {} stop\n", Duration(after + 15_000_000));
        let run = challenge.run(&by_hand);
        assert_eq!((run.breaches(), run.is_won()), (Vec::new(), Some(false)), "{name}: {acts}");
    }
}

/// A teacher grades a solution as won, also one without the script above it.
#[test]
fn every_solution_is_graded() {
    assert_all(|challenge| {
        let mut wrong: Vec<String> = unfit_challenge(&challenge.script).into_iter().collect();
        for answer in [challenge.solution.clone(), challenge.text.clone() + &challenge.solution] {
            match AnsweredChallenge::run_to_end(&challenge.text, &answer) {
                Ok(graded) if graded.is_won() && !graded.is_changed() => {}
                Ok(graded) => wrong.push(format!("goals {:?}", graded.goals())),
                Err(errors) => wrong.push(format!("{errors:?}")),
            }
        }
        wrong
    });
}

/// Each challenge that is solved by acting ends with the reason.
#[test]
fn every_challenge_teaches_why() {
    assert_all(|challenge| {
        let has_why = challenge.script.has_score() || challenge.script.possibility().is_some();
        (!has_why).then(|| "it has no `possible`".to_owned()).into_iter().collect()
    });
}

/// Who acts before the stage is set wins nothing.
#[test]
fn acts_before_the_start_win_nothing() {
    let challenges = challenges();
    let early = challenges.iter().find(|it| it.name == "two-leaders").expect("it is there");
    let acts = "by-hand\nat 50ms partition s1,s5 | s2,s3,s4\nat 1s timeout s2\nat 2s stop\n";
    let run = early.run(acts);
    assert!(run.goals().all(|goal| goal.won) && run.is_won() == Some(false));
}

/// The answers of the quiz about rules are what the scenarios of these rules show.
#[test]
fn the_quiz_about_rules_agrees_with_their_scenarios() {
    let challenges = challenges();
    let quiz = challenges.iter().find(|it| it.name == RULES).expect("it is there");
    let mut judged = 0;
    for asked in narration(&quiz.script) {
        let Narration::Ask { question, answer, .. } = asked else { continue };
        let at = question.find("](rule)").expect("a rule");
        let rule = question[..at].rsplit('[').next().expect("its name");
        let path = format!("{}/scenarios/broken/{rule}.raft", env!("CARGO_MANIFEST_DIR"));
        let run = finish(rule, &fs::read_to_string(path).expect("its scenario"));
        let harms = !run.cluster().violations().is_empty();
        assert_eq!(*answer, if harms { 1 } else { 2 }, "{rule}");
        judged += 1;
    }
    assert_eq!(judged, 8);
}

/// docs/challenges.md shows three challenges with their solutions, and all do what the page says.
#[test]
fn the_examples_of_the_guide_are_challenges() {
    let guide = include_str!("../../../docs/challenges.md");
    let blocks: Vec<&str> = guide
        .split("```raft\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect();
    let pairs = blocks.chunks_exact(2);
    assert!(pairs.remainder().is_empty() && pairs.len() == 3);
    for pair in pairs {
        let (challenge, solution) = (pair[0], pair[1]);
        let start = finish("docs/challenges.md", challenge);
        assert_eq!((failures(&start), start.is_won()), (Vec::new(), Some(false)), "{challenge}");
        let solved = finish("docs/challenges.md", &format!("{challenge}{solution}"));
        assert_eq!((solved.breaches(), solved.is_won()), (Vec::new(), Some(true)), "{challenge}");
    }
}

/// A session of a challenge is a script again, with what the reader answered.
#[test]
fn a_session_keeps_what_the_reader_answered() {
    for challenge in challenges() {
        let name = &challenge.name;
        let mut session = Session::open(&challenge.text).expect("it parses");
        session.go_to_step(usize::MAX).expect("near");
        let answers = finish(name, &format!("{}{}", challenge.text, challenge.solution));
        for (line, choice) in answers.script().answers().choices {
            session.choose(line, choice);
        }
        session.claim(challenge.is_impossible());
        let text = session.text();
        let is_unchanged = !challenge.script.judges_answers();
        assert_eq!(text == challenge.text, is_unchanged || challenge.is_possible(), "{name}");
        let mut again = Session::open(&text).expect("it parses");
        assert_eq!(again.answers(), session.answers(), "{name}");
        assert_eq!(again.text(), text, "{name}");
        // What the reader takes back is taken back in the text, too.
        again.claim(false);
        again.exec("run 1us").expect("it runs");
        let back = Session::open(&again.text()).expect("it parses");
        assert_eq!(back.answers(), again.answers(), "{name}");
        let link = ShareLink { text, time_us: 0 };
        let fragment = link.fragment().expect("a link");
        assert_eq!(ShareLink::read(&fragment), Ok(link), "{name}");
    }
}

/// Every text that the reader may see.
fn texts(script: &Script) -> Vec<String> {
    let others = narration(script).filter_map(|narration| match narration {
        Narration::Title(text)
        | Narration::Goal(_, text)
        | Narration::Score(_, text)
        | Narration::Possible(_, text)
        | Narration::Hint(text) => Some(text.clone()),
        _ => None,
    });
    steps(script).into_iter().chain(others).collect()
}

#[test]
fn every_challenge_has_its_parts_and_short_texts() {
    let glossary = glossary();
    assert_all(|challenge| {
        let script = &challenge.script;
        let mut wrong = Vec::new();
        for text in texts(script) {
            if words(&text) > WORDS_MAX {
                wrong.push(format!("{} words: {text}", words(&text)));
            }
            wrong.extend(dead_links(&text, &glossary));
            let avoided = avoided_in(&text).into_iter();
            wrong.extend(avoided.map(|word| format!("`{word}` in: {text}")));
        }
        let steps = steps(script);
        let summary = steps[0].split_inclusive(['.', '?', ':']).next().map_or(0, words);
        if summary >= SUMMARY_WORDS {
            wrong.push(format!("its summary has {summary} words"));
        }
        let count =
            |is_it: fn(&Narration) -> bool| narration(script).filter(|it| is_it(it)).count();
        let parts = [
            ("title", count(|it| matches!(it, Narration::Title(_)))),
            ("section", count(|it| matches!(it, Narration::Section(_)))),
            ("level", count(|it| matches!(it, Narration::Level(_)))),
            ("goal", count(|it| matches!(it, Narration::Goal(..) | Narration::Score(..)))),
            ("hint or question", {
                count(|it| matches!(it, Narration::Hint(_) | Narration::Ask { .. }))
            }),
        ];
        let missing = parts.iter().filter(|(_, count)| *count == 0);
        wrong.extend(missing.map(|(part, _)| format!("it has no {part}")));
        wrong
    });
}

/// In a quiz the simulation judges each question, and the right answers stand in different places.
#[test]
fn questions_are_judged_by_the_simulation() {
    assert_all(|challenge| {
        let mut wrong = Vec::new();
        let asked: Vec<&Narration> =
            narration(&challenge.script).filter(|it| matches!(it, Narration::Ask { .. })).collect();
        let confirmed = challenge.run("").predictions().iter().filter(|it| it.confirmed).count();
        if challenge.name != RULES && confirmed != asked.len() {
            wrong.push(format!("{confirmed} of {} questions are confirmed", asked.len()));
        }
        let answers: BTreeSet<u32> = asked
            .iter()
            .map(|it| if let Narration::Ask { answer, .. } = it { *answer } else { 0 })
            .collect();
        if asked.len() > 1 && answers.len() == 1 {
            wrong.push("all answers stand at the same place".to_owned());
        }
        wrong
    });
}
