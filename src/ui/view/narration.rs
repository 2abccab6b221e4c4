//! The narration of a run: the step at which the reader stands, and what belongs to it.

use crate::script::{Level, Narration, Run, Script, Session, Target};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NarrationModel {
    pub head: StoryHead,
    pub phase: StoryPhase,
    /// Whether the reader did anything.
    pub has_acted: bool,
    /// The number of the step, from 1; 0 before the first.
    pub number: usize,
    /// How many steps there are.
    pub count: usize,
    /// The newest step.
    pub step: Option<StepModel>,
    /// What became of the question before this step.
    pub answered: Option<AnsweredModel>,
    pub chapters: Vec<ChapterModel>,
    pub goals: Vec<GoalModel>,
    /// The hints that the reader asked for.
    pub hints: Vec<String>,
    pub hints_left: usize,
    /// What many believe; empty before the end.
    pub misconceptions: Vec<String>,
    /// How many questions the reader answered, and how many of them rightly; at the end, or all
    /// the time where right answers are a goal.
    pub score: Option<(usize, usize)>,
    /// Whether right answers are a goal: the first choice counts.
    pub is_scored: bool,
    /// The reader's claim that the goals cannot be reached, where one may claim it.
    pub claim: Option<ClaimModel>,
    /// What the reader may do, with how often it is left: `crash (1 left)`.
    pub allowed: Vec<String>,
    pub points: Vec<Target>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryHead {
    pub title: String,
    pub section: Option<String>,
    pub level: Option<Level>,
}

/// What the reader can do at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoryPhase {
    /// The first step is still to come, or time passes until the next.
    #[default]
    Between,
    /// Time waits for the reader to go on.
    AtStep,
    /// The reader acted before the story was over.
    Left,
    /// The story is over, and there are goals to reach.
    Trying,
    /// The story is over, and so are its goals.
    Over,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepModel {
    /// Its line in the script.
    pub line: u32,
    /// With the few signs of markdown that `ui::markup` knows.
    pub text: String,
    /// Empty unless it is a question.
    pub choices: Vec<String>,
    /// The number of the reader's choice, from 1.
    pub chosen: Option<u32>,
}

/// A question whose answer is known now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredModel {
    /// The reader's choice; `None` without one.
    pub chosen: Option<String>,
    pub answer: String,
    pub is_right: bool,
}

/// The claim that the goals cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimModel {
    pub is_made: bool,
    /// Why the goals can be reached, or cannot; `None` until the reader has won.
    pub why: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterModel {
    pub line: u32,
    pub title: String,
    pub is_here: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalModel {
    pub text: String,
    pub won: bool,
}

/// `None` if time waits nowhere in the script.
pub(super) fn model(session: &Session) -> Option<NarrationModel> {
    let run = session.run();
    let script = run.script();
    if !script.has_steps() {
        return None;
    }
    let goals = run.goals_with(session.answers()).into_iter();
    let goals = goals.map(|goal| GoalModel { text: goal.text.to_owned(), won: goal.won });
    let goals: Vec<GoalModel> = goals.collect();
    let hints = texts(run, |narration| match narration {
        Narration::Hint(text) => Some(text),
        _ => None,
    });
    let shown = session.hints_shown().min(hints.len());
    let phase = phase(session, &goals);
    let is_over = matches!(phase, StoryPhase::Over);
    Some(NarrationModel {
        head: head(script),
        phase,
        has_acted: session.actions_done() > 0,
        number: run.step_number(),
        count: script.story().filter(|(_, narration)| narration.is_step()).count(),
        step: step(session),
        answered: answered(session),
        chapters: chapters(run),
        goals,
        hints_left: hints.len() - shown,
        hints: hints.into_iter().take(shown).collect(),
        misconceptions: if is_over { misconceptions(run) } else { Vec::new() },
        score: if is_over || script.has_score() { score(session) } else { None },
        is_scored: script.has_score(),
        claim: claim(session),
        allowed: allowed(run),
        points: run.points(),
    })
}

fn phase(session: &Session, goals: &[GoalModel]) -> StoryPhase {
    let run = session.run();
    if run.has_left_story() {
        return StoryPhase::Left;
    }
    match (run.is_flow_over(), goals.is_empty() || session.is_won()) {
        (true, true) => StoryPhase::Over,
        (true, false) => StoryPhase::Trying,
        (false, _) if run.is_at_step() => StoryPhase::AtStep,
        (false, _) => StoryPhase::Between,
    }
}

fn head(script: &Script) -> StoryHead {
    let mut head = StoryHead::default();
    for (_, narration) in script.narrations() {
        match narration {
            Narration::Title(text) if head.title.is_empty() => head.title.clone_from(text),
            Narration::Section(text) => {
                head.section.get_or_insert_with(|| text.clone());
            }
            Narration::Level(level) => {
                head.level.get_or_insert(*level);
            }
            _ => {}
        }
    }
    head
}

fn step(session: &Session) -> Option<StepModel> {
    let step = session.run().story_step()?;
    let (text, choices) = match step.narration {
        Narration::Ask { question, choices, .. } => (question, &choices[..]),
        Narration::Say(text) => (text, &[][..]),
        _ => return None,
    };
    Some(StepModel {
        line: step.line,
        text: text.clone(),
        choices: choices.iter().map(|choice| choice.text.clone()).collect(),
        chosen: session.choice(step.line),
    })
}

fn answered(session: &Session) -> Option<AnsweredModel> {
    let asked = session.run().step_before()?;
    let Narration::Ask { choices, answer, .. } = asked.narration else { return None };
    let text = |number: u32| Some(choices.get(number.checked_sub(1)? as usize)?.text.clone());
    let chosen = session.choice(asked.line);
    Some(AnsweredModel {
        chosen: chosen.and_then(text),
        answer: text(*answer).unwrap_or_default(),
        is_right: chosen == Some(*answer),
    })
}

fn chapters(run: &Run) -> Vec<ChapterModel> {
    let here = run.story_chapter().map(|chapter| chapter.line);
    let chapters = run.script().story().filter_map(|(line, narration)| match narration {
        Narration::Chapter(title) => {
            let is_here = here == Some(line);
            Some(ChapterModel { line, title: title.clone(), is_here })
        }
        _ => None,
    });
    chapters.collect()
}

fn texts(run: &Run, pick: impl Fn(&Narration) -> Option<&String>) -> Vec<String> {
    run.narrated().filter_map(|narrated| pick(narrated.narration).cloned()).collect()
}

fn misconceptions(run: &Run) -> Vec<String> {
    texts(run, |narration| match narration {
        Narration::Misconception(text) => Some(text),
        _ => None,
    })
}

fn score(session: &Session) -> Option<(usize, usize)> {
    let (answered, right) = session.run().script().score(session.answers());
    (answered > 0).then_some((answered, right))
}

fn claim(session: &Session) -> Option<ClaimModel> {
    let run = session.run();
    if !run.is_flow_over() {
        return None;
    }
    let possibility = run.script().possibility()?;
    let is_made = session.answers().claims_impossible;
    let why = session.is_won().then(|| possibility.text.to_owned());
    Some(ClaimModel { is_made, why })
}

fn allowed(run: &Run) -> Vec<String> {
    let permissions = run.permissions();
    let left = |verb: &str| {
        let budget = permissions.budgets.iter().find(|budget| budget.verb == verb);
        budget.map(|budget| budget.left())
    };
    let label = |verb: &String| match left(verb) {
        Some(left) => format!("{verb} ({left} left)"),
        None => verb.clone(),
    };
    let unlisted = permissions.budgets.iter().map(|budget| &budget.verb);
    match &permissions.allowed {
        Some(allowed) => allowed.iter().map(label).collect(),
        None => unlisted.map(label).collect(),
    }
}
