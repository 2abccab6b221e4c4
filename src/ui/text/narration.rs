//! Texts of the card that narrates a run.

use crate::raft::Rule;
use crate::script::{Level, Narration};
use crate::ui::markup::plain;
use crate::ui::state::Section;
use crate::ui::view::{AnsweredModel, NarrationModel, StoryPhase};

pub const NARRATION: &str = "Narration";
pub const NEXT: &str = "Next";
pub const BACK: &str = "Back";
pub const HINT: &str = "Hint";
pub const STEP: &str = "Step";
pub const CHOICES: &str = "Choices";
pub const CHAPTERS: &str = "Chapters";
pub const GOALS: &str = "Goals";
pub const RETURN_TO_STORY: &str = "Return to the story";
pub const TRY_AGAIN: &str = "Try again";
pub const START_OVER: &str = "Start over";
pub const RETURNED_TO_STORY: &str =
    "You are back in the story. What you tried is saved under Branches.";
pub const LEFT_STORY: &str =
    "You left the story here. Try what you like: the texts wait until you return.";
pub const WELL_DONE: &str = "You reached every goal.";
pub const STORY_ENDS: &str = "The story ends here. The cluster runs on: try what you like.";
pub const RIGHT_CLAIM: &str = "You are right: it cannot be done.";
pub const WRONG_CLAIM: &str = "It can be done. Take your claim back, and try on.";
pub const CLAIM: &str = "It cannot be done";
pub const SHOW_SOLUTION: &str = "Show a solution";
pub const SHOWS_SOLUTION: &str =
    "This is a solution. Open the challenge again to solve it yourself.";
pub const SOLUTION_WRONG: &str = "The solution cannot be shown.";
pub const FIRST_CHOICE_COUNTS: &str = "your first choice counts";
pub const MISCONCEPTIONS: &str = "What many believe";
pub const NOT_STARTED: &str = "this is the first step";
pub const LAST_STEP: &str = "this is the last step";
pub const RETURN_FIRST: &str = "return to the story first";
pub const NO_MORE_HINTS: &str = "you have seen all hints";

pub fn compare_with_rule(rule: Rule) -> String {
    format!("Compare with the same run with the rule {rule}")
}

pub fn next_script(section: Section, title: &str) -> String {
    match section {
        Section::Challenges => format!("Next challenge: {title}"),
        _ => format!("Next lesson: {title}"),
    }
}

pub fn all_scripts(section: Section) -> &'static str {
    match section {
        Section::Challenges => "That was the last challenge. Show all challenges",
        _ => "That was the last lesson. Show all lessons",
    }
}

/// What a screen reader says at a step.
pub fn step_as_speech(narration: &Narration) -> String {
    match narration {
        Narration::Say(text) => plain(text),
        Narration::Ask { question, .. } => format!("Question: {}", plain(question)),
        _ => String::new(),
    }
}

pub fn step_of(number: usize, count: usize) -> String {
    format!("Step {number} of {count}")
}

pub fn level(level: Level) -> &'static str {
    level.name()
}

/// The section of the paper, or of another text that it names.
pub fn story_section(section: &str) -> String {
    match section.starts_with(|letter: char| letter.is_ascii_digit()) {
        true => format!("§ {section}"),
        false => section.to_owned(),
    }
}

pub fn revealed(answered: &AnsweredModel) -> String {
    let AnsweredModel { chosen, answer, is_right } = answered;
    match (chosen, is_right) {
        (None, _) => format!("The answer: {}", plain(answer)),
        (Some(_), true) => format!("You were right: {}", plain(answer)),
        (Some(chosen), false) => {
            format!("You expected: {} It is: {}", ended(&plain(chosen)), plain(answer))
        }
    }
}

/// What the reader has reached.
pub fn end_of_story(model: &NarrationModel) -> &'static str {
    let claims = model.claim.as_ref().is_some_and(|claim| claim.is_made);
    match model.goals.is_empty() {
        true => STORY_ENDS,
        false if claims => RIGHT_CLAIM,
        false => WELL_DONE,
    }
}

fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

pub fn goal_state(won: bool) -> &'static str {
    if won { "reached" } else { "not reached yet" }
}

pub fn allowed(allowed: &[String]) -> String {
    format!("You may use: {}", allowed.join(", "))
}

pub fn hints_left(left: usize) -> String {
    format!("{left} left")
}

pub fn score((asked, right): (usize, usize)) -> String {
    let questions = if asked == 1 { "question" } else { "questions" };
    format!("You answered {asked} {questions}, {right} of them rightly.")
}

/// Why there is no next step at this moment.
pub fn no_next(phase: StoryPhase, is_last: bool) -> Option<&'static str> {
    match phase {
        StoryPhase::Left => Some(RETURN_FIRST),
        _ if is_last => Some(LAST_STEP),
        _ => None,
    }
}
