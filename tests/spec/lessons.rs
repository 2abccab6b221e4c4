//! The lessons: each runs to its end, the simulation confirms its predictions, and the goal of its
//! last chapter is reached by the worked solution and not without it.

use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use raftarium::script::{Narration, Run, Script, Statement, parse};
use raftarium::sim::{Duration, Recorder};
use raftarium::ui::markup::plain;

use crate::links::scripts;
use crate::scenarios::{SUMMARY_WORDS, WORDS_MAX, dead_links, glossary, narration, steps, words};

/// The lessons in the order of the course, with the names of their files.
const COURSE: [&str; 14] = [
    "01-why-consensus",
    "02-terms-and-elections",
    "03-split-votes",
    "04-heartbeats",
    "05-replication",
    "06-consistency-and-repair",
    "07-commitment",
    "08-crashes-and-disks",
    "09-partitions",
    "10-clients",
    "11-reads",
    "12-pre-vote-and-check-quorum",
    "13-membership",
    "14-snapshots",
];

/// What many believe about Raft: the lesson that shows it wrong, and how its text begins.
const MISCONCEPTIONS: [(&str, &str); 8] = [
    ("04-heartbeats", "Heartbeats are special"),
    ("06-consistency-and-repair", "The longer log is more up to date"),
    ("06-consistency-and-repair", "A follower cuts its log where the leader's message ends"),
    ("07-commitment", "An entry on a majority is committed"),
    ("08-crashes-and-disks", "The commit index must survive a crash"),
    ("09-partitions", "There is never more than one leader"),
    ("09-partitions", "The old leader's uncommitted entries disappear by themselves"),
    ("11-reads", "A read at the leader is fresh"),
];

/// All words of a lesson: three to eight minutes with the time to watch and to think.
const LESSON_WORDS: RangeInclusive<usize> = 350..=800;
const TIME_MAX_US: u64 = 10_500_000;
/// How long a reader may sit before the goal without reaching it by doing nothing.
const IDLE: &str = "40s";
/// Words that our texts do without.
const AVOIDED: [&str; 9] =
    ["told", "untold", "whoever", "so many", "by hand", "in place of", "anew", "heed", "deed"];

struct Lesson {
    name: String,
    text: String,
    /// The worked solution: actions below `by-hand`.
    solution: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).expect("a folder of lessons");
    let files = files.map(|entry| entry.expect("an entry").path());
    let scripts = files.filter(|path| path.extension().is_some_and(|ext| ext == "raft"));
    let named = scripts.map(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).expect("a script"))
    });
    named.collect()
}

fn lessons() -> Vec<Lesson> {
    let mut solutions = files(&folder().join("solutions"));
    let lessons = files(&folder()).into_iter().map(|(name, text)| {
        let solution = solutions.remove(&name).unwrap_or_else(|| panic!("{name}: no solution"));
        Lesson { name, text, solution }
    });
    let lessons = lessons.collect();
    assert!(solutions.is_empty(), "solutions without a lesson: {solutions:?}");
    lessons
}

fn script_of(name: &str, text: &str) -> Script {
    parse(text).unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(|error| format!("{name}:{error}")).collect();
        panic!("{}", errors.join("\n"))
    })
}

fn finish(name: &str, text: &str) -> Run {
    let mut run = Run::new(script_of(name, text), &mut Recorder::off());
    run.finish(&mut Recorder::off());
    run
}

fn failures(run: &Run) -> Vec<String> {
    let failures = run.failures().iter();
    failures.map(|failure| format!("line {}: {}", failure.line, failure.text)).collect()
}

fn is_won(run: &Run) -> bool {
    run.goals().next().is_some() && run.goals().all(|goal| goal.won)
}

/// What is wrong with the lessons, with their names.
fn assert_all(check: impl Fn(&Lesson, &Script) -> Vec<String>) {
    let mut wrong = Vec::new();
    for lesson in lessons() {
        let script = script_of(&lesson.name, &lesson.text);
        let found = check(&lesson, &script);
        wrong.extend(found.into_iter().map(|why| format!("{}: {why}", lesson.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_course_has_its_lessons_in_order() {
    let names: Vec<String> = lessons().into_iter().map(|lesson| lesson.name).collect();
    assert_eq!(names, COURSE);
}

#[test]
fn every_lesson_runs_to_its_end_and_its_predictions_come_true() {
    assert_all(|lesson, script| {
        let run = finish(&lesson.name, &lesson.text);
        let mut wrong = failures(&run);
        let asked = narration(script).filter(|it| matches!(it, Narration::Ask { .. })).count();
        let confirmed = run.predictions().iter().filter(|judged| judged.confirmed).count();
        if asked < 3 || confirmed != asked {
            wrong.push(format!("{confirmed} of {asked} predictions are confirmed"));
        }
        let time_us = run.world().now_us();
        if time_us > TIME_MAX_US {
            wrong.push(format!("it takes {}", Duration(time_us)));
        }
        wrong
    });
}

/// What is wrong with the goals of a script and their solution.
fn goal_complaints(name: &str, text: &str, solution: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if is_won(&finish(name, text)) {
        wrong.push("the goals hold before anybody acts".to_owned());
    }
    let idle = finish(name, &format!("{text}by-hand\nat {IDLE} stop\n"));
    if is_won(&idle) {
        wrong.push("the goals come to hold by themselves".to_owned());
    }
    wrong.extend(failures(&idle));
    let solved = finish(name, &format!("{text}{solution}"));
    wrong.extend(failures(&solved));
    wrong.extend(solved.breaches().iter().map(|it| format!("line {}: {it}", it.line)));
    let lost = solved.goals().filter(|goal| !goal.won);
    wrong.extend(lost.map(|goal| format!("the solution does not reach `{}`", goal.text)));
    wrong
}

#[test]
fn goals_are_reached_by_the_solution_within_its_terms_and_not_without_it() {
    assert_all(|lesson, _| goal_complaints(&lesson.name, &lesson.text, &lesson.solution));
}

#[test]
fn every_lesson_has_its_parts() {
    assert_all(|_, script| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut wrong = Vec::new();
        let mut is_last_chapter = false;
        for narration in narration(script) {
            let part = match narration {
                Narration::Title(_) => "title",
                Narration::Section(_) => "section",
                Narration::Level(_) => "level",
                Narration::Chapter(title) => {
                    is_last_chapter = title == "Try it";
                    "chapter"
                }
                Narration::Misconception(_) => "misconception",
                Narration::Ask { question, choices, .. } => {
                    if is_last_chapter {
                        wrong.push(format!("`{question}` is asked in the last chapter"));
                    }
                    if choices.iter().any(|choice| choice.condition.is_none()) {
                        wrong.push(format!("no run can judge the choices of `{question}`"));
                    }
                    "ask"
                }
                Narration::Goal(..) => "goal",
                Narration::Allow(_) => "allow",
                Narration::Hint(_) => "hint",
                _ => continue,
            };
            *counts.entry(part).or_default() += 1;
        }
        if !is_last_chapter {
            wrong.push("its last chapter is not `Try it`".into());
        }
        let ranges: [(&str, RangeInclusive<usize>); 9] = [
            ("title", 1..=1),
            ("section", 1..=1),
            ("level", 1..=1),
            ("chapter", 3..=7),
            ("misconception", 1..=3),
            ("ask", 3..=8),
            ("goal", 1..=2),
            ("allow", 1..=1),
            ("hint", 2..=3),
        ];
        for (part, range) in ranges {
            let count = counts.get(part).copied().unwrap_or_default();
            if !range.contains(&count) {
                wrong.push(format!("`{part}` stands {count} times"));
            }
        }
        wrong
    });
}

/// The reader must not learn that it is always the second choice.
#[test]
fn right_answers_stand_in_different_places() {
    assert_all(|_, script| {
        let answers = narration(script).filter_map(|narration| match narration {
            Narration::Ask { answer, .. } => Some(*answer),
            _ => None,
        });
        let answers: Vec<u32> = answers.collect();
        let all_equal = answers.iter().all(|answer| *answer == answers[0]);
        if all_equal { vec![format!("all answers are choice {}", answers[0])] } else { Vec::new() }
    });
}

/// What a text claims is checked beside it: each chapter before the last has expectations.
#[test]
fn every_chapter_is_checked() {
    assert_all(|_, script| {
        let mut chapters: Vec<(&str, usize)> = Vec::new();
        for (_, statement) in script.statements() {
            match (statement, chapters.last_mut()) {
                (Statement::Narration(Narration::Chapter(title)), _) => chapters.push((title, 0)),
                (Statement::Expect(_) | Statement::Wait { .. }, Some((_, count)))
                | (Statement::Narration(Narration::Ask { .. }), Some((_, count))) => *count += 1,
                _ => {}
            }
        }
        let before_last = &chapters[..chapters.len() - 1];
        let bare = before_last.iter().filter(|(_, count)| *count == 0);
        bare.map(|(title, _)| format!("nothing is checked in `{title}`")).collect()
    });
}

#[test]
fn the_common_misconceptions_are_named() {
    let lessons = lessons();
    for (name, beginning) in MISCONCEPTIONS {
        let lesson = lessons.iter().find(|lesson| lesson.name == name).expect(name);
        let script = script_of(name, &lesson.text);
        let is_named = narration(&script).any(|narration| {
            matches!(narration, Narration::Misconception(text) if text.starts_with(beginning))
        });
        assert!(is_named, "{name}: {beginning}");
    }
}

/// Every text that the reader may see.
fn texts(script: &Script) -> Vec<String> {
    let others = narration(script).filter_map(|narration| match narration {
        Narration::Title(text)
        | Narration::Chapter(text)
        | Narration::Misconception(text)
        | Narration::Goal(_, text)
        | Narration::Hint(text) => Some(text.clone()),
        _ => None,
    });
    steps(script).into_iter().chain(others).collect()
}

#[test]
fn texts_are_short_and_lead_somewhere() {
    let glossary = glossary();
    assert_all(|_, script| {
        let texts = texts(script);
        let mut wrong = Vec::new();
        for text in &texts {
            if words(text) > WORDS_MAX {
                wrong.push(format!("{} words: {text}", words(text)));
            }
            wrong.extend(dead_links(text, &glossary));
        }
        let all: usize = texts.iter().map(|text| words(text)).sum();
        if !LESSON_WORDS.contains(&all) {
            wrong.push(format!("{all} words"));
        }
        let summary = steps(script)[0].split_inclusive(['.', '?', ':']).next().map_or(0, words);
        if summary >= SUMMARY_WORDS {
            wrong.push(format!("its summary has {summary} words"));
        }
        wrong
    });
}

/// The page finds every term and rule that a text links to, and shows no mark of the markup.
#[test]
fn the_page_understands_the_markup_of_every_text() {
    let mut wrong = Vec::new();
    for (name, text) in scripts() {
        if name.contains("tests/spec/scripts") {
            continue;
        }
        for text in texts(&script_of(&name, &text)) {
            let shown = plain(&text);
            if ["](", "[", "`"].iter().any(|mark| shown.contains(mark)) {
                wrong.push(format!("{name}: {shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words to avoid that a text contains.
pub fn avoided_in(text: &str) -> Vec<&'static str> {
    let plain = text.to_lowercase().replace(|letter: char| !letter.is_alphabetic(), " ");
    let spaced = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    AVOIDED.into_iter().filter(|word| spaced.contains(&format!(" {word} "))).collect()
}

#[test]
fn lessons_and_scenarios_avoid_words_that_are_not_plain() {
    assert_eq!(avoided_in("So many were told, by\nhand."), ["told", "so many", "by hand"]);
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, text) in scripts() {
        if name.contains("tests/spec/scripts") {
            continue;
        }
        for text in texts(&script_of(&name, &text)) {
            count += 1;
            let avoided = avoided_in(&text);
            wrong.extend(avoided.into_iter().map(|word| format!("{name}: `{word}` in: {text}")));
        }
    }
    assert!(count > 400, "only {count} texts were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// docs/lessons.md shows a lesson and its solution, and both do what the page says.
#[test]
fn the_example_of_the_guide_is_a_lesson() {
    let guide = include_str!("../../docs/lessons.md");
    let blocks: Vec<&str> = guide
        .split("```raft\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect();
    let [lesson, solution] = blocks[..] else { panic!("{} blocks", blocks.len()) };
    let run = finish("docs/lessons.md", lesson);
    assert_eq!(failures(&run), [""; 0]);
    assert!(run.predictions().iter().all(|judged| judged.confirmed));
    assert!(!run.predictions().is_empty());
    assert_eq!(goal_complaints("docs/lessons.md", lesson, solution), [""; 0]);
}

/// The checks find a goal that comes true by itself, and a solution that does not reach it.
#[test]
fn wrong_goals_and_solutions_are_rejected() {
    let lesson = "servers 3\nwait leader\ngoal leader \"A leader.\"\n";
    let complaints = goal_complaints("a", lesson, "by-hand\nat 2s crash all\nat 3s stop\n");
    assert_eq!(complaints.len(), 3, "{complaints:?}");
    assert!(complaints[2].contains("does not reach `A leader.`"), "{complaints:?}");
    let lesson =
        "servers 3\nallow crash restart\nbudget restart 0\ngoal crashed s1 \"S1 has crashed.\"\n";
    let complaints = goal_complaints("b", lesson, "by-hand\nat 2s crash s1\nat 3s stop\n");
    assert_eq!(complaints, [""; 0]);
    let solution = "by-hand\nat 1s isolate s2\nat 1s restart s1\nat 2s crash s1\nat 3s stop\n";
    let complaints = goal_complaints("c", lesson, solution);
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert!(complaints[0].contains("`isolate` is not allowed"), "{complaints:?}");
}
