//! The narration of a run, printed and as JSON.

use serde::Serialize;

use crate::script::{Breach, Narrated, Narration, Run};

/// What a script shows its reader, as text.
pub(super) fn narration_text(narration: &Narration) -> String {
    let underlined =
        |text: &str, line: &str| format!("{text}\n{}", line.repeat(text.chars().count()));
    match narration {
        Narration::Title(text) => underlined(text, "="),
        Narration::Section(text) => format!("Section: {text}"),
        Narration::Level(level) => format!("Level: {}", level.name()),
        Narration::Misconception(text) => format!("Misconception: {text}"),
        Narration::Chapter(text) => underlined(text, "-"),
        Narration::Say(text) => text.clone(),
        Narration::Ask { question, choices, answer } => {
            let mut text = question.clone();
            for (number, choice) in (1..).zip(choices) {
                text += &format!("\n  {number}. {}", choice.text);
                if let Some(condition) = &choice.condition {
                    text += &format!(" ({condition})");
                }
            }
            text + &format!("\n  (answer: {answer})")
        }
        Narration::Point(target) => format!("(look at: {target})"),
        Narration::Goal(condition, text) => format!("Goal: {text} ({condition})"),
        Narration::Score(least, text) => format!("Goal: {text} (right answers: {least})"),
        Narration::Possible(true, text) => format!("It is possible: {text}"),
        Narration::Possible(false, text) => format!("It is impossible: {text}"),
        Narration::Allow(verbs) => format!("Allowed: {}", verbs.join(" ")),
        Narration::Budget(verb, times) => format!("Allowed: {verb} (at most {times})"),
        Narration::Hint(text) => format!("Hint: {text}"),
    }
}

/// The narration of a run and what came of it. Its keys are a contract.
#[derive(Serialize)]
pub(super) struct NarrationReport {
    narration: Vec<TextReport>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chapters: Vec<ChapterReport>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    predictions: Vec<PredictionReport>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    goals: Vec<GoalReport>,
    /// The actions of the reader that `allow` and `budget` forbid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    breaches: Vec<TextReport>,
    /// How many questions the reader answered, and how many of them rightly; absent without.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<ScoreReport>,
    /// Whether the reader claims that the goals cannot be reached; absent where nobody may.
    #[serde(skip_serializing_if = "Option::is_none")]
    claims_impossible: Option<bool>,
    /// Whether all goals hold at the end, or are rightly claimed to be impossible, and nothing
    /// forbidden was done; absent without goals.
    #[serde(skip_serializing_if = "Option::is_none")]
    won: Option<bool>,
}

#[derive(Serialize)]
struct TextReport {
    line: u32,
    text: String,
}

#[derive(Serialize)]
struct ChapterReport {
    line: u32,
    title: String,
    /// Simulated time in microseconds since the start.
    time: u64,
}

#[derive(Serialize)]
struct PredictionReport {
    line: u32,
    question: String,
    choices: Vec<String>,
    /// The number of the right choice, from 1.
    answer: u32,
    /// Whether the simulation confirmed the answer; `null` if nothing says when a choice is right.
    confirmed: Option<bool>,
}

#[derive(Serialize)]
struct GoalReport {
    line: u32,
    text: String,
    condition: String,
    /// Whether it holds at the end.
    won: bool,
}

#[derive(Serialize)]
struct ScoreReport {
    answered: usize,
    right: usize,
}

impl NarrationReport {
    pub(super) fn new(run: &Run) -> NarrationReport {
        NarrationReport::with_breaches(run, &run.breaches())
    }

    pub(super) fn with_breaches(run: &Run, breaches: &[Breach]) -> NarrationReport {
        let goals = run.goals().map(|goal| GoalReport {
            line: goal.line,
            text: goal.text.to_owned(),
            condition: goal.condition.to_string(),
            won: goal.won,
        });
        let goals: Vec<GoalReport> = goals.collect();
        let breaches = breaches.iter();
        let breaches = breaches.map(|it| TextReport { line: it.line, text: it.to_string() });
        let breaches: Vec<TextReport> = breaches.collect();
        let all_won = || breaches.is_empty() && run.is_won() == Some(true);
        let won = (!goals.is_empty()).then(all_won);
        let (narration, chapters, predictions) = (Vec::new(), Vec::new(), Vec::new());
        let (script, answers) = (run.script(), run.script().answers());
        let (answered, right) = script.score(&answers);
        let mut report = NarrationReport {
            narration,
            chapters,
            predictions,
            goals,
            breaches,
            score: script.has_score().then_some(ScoreReport { answered, right }),
            claims_impossible: script.possibility().map(|_| answers.claims_impossible),
            won,
        };
        for narrated in run.narrated() {
            report.add(run, &narrated);
        }
        report
    }

    fn add(&mut self, run: &Run, narrated: &Narrated<'_>) {
        let &Narrated { line, time_us, narration } = narrated;
        self.narration.push(TextReport { line, text: narration_text(narration) });
        match narration {
            Narration::Chapter(title) => {
                self.chapters.push(ChapterReport { line, title: title.clone(), time: time_us });
            }
            Narration::Ask { question, choices, answer } => {
                let judged = run.predictions().iter().find(|judged| judged.line == line);
                self.predictions.push(PredictionReport {
                    line,
                    question: question.clone(),
                    choices: choices.iter().map(|choice| choice.text.clone()).collect(),
                    answer: *answer,
                    confirmed: judged.map(|judged| judged.confirmed),
                });
            }
            _ => {}
        }
    }
}
