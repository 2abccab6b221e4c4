//! A student's answer to a challenge: the teacher's script with the student's actions.
//!
//! From the answer only the lines below `by-hand` are taken. The cluster, the goals and what is
//! allowed come from the teacher's script, so a change of them in the answer changes nothing.

use std::fmt::Write;

use crate::script::lang::ast::{ScheduledAction, Script, Statement};
use crate::script::lang::parse::{ParseError, parse};
use crate::script::run::{Breach, Budget, Failure, Run};
use crate::sim::{Duration, Recorder};

/// How much an answer may do: a hostile one must not hold up the others.
const BUDGET: Budget = Budget { steps: 20_000_000, work: 200_000_000 };

/// A challenge, run to its end with the actions of an answer.
#[derive(Debug)]
pub struct AnsweredChallenge {
    run: Run,
    /// The lines of the actions in the answer, in the order of the text.
    lines: Vec<u32>,
    /// How many of them do something: all but `stop`.
    actions: usize,
    /// The line of the first of them in the script that was run.
    first: u32,
    /// Whether something but the actions differs from the teacher's script.
    changed: bool,
    /// It took too much to come to its end.
    cut_short: Option<Failure>,
}

/// Why a script cannot serve as a challenge.
pub fn unfit_challenge(script: &Script) -> Option<String> {
    let by_hand = script.statements().find(|(_, statement)| **statement == Statement::ByHand);
    if let Some((line, _)) = by_hand {
        return Some(format!(
            "{line}: a challenge has no actions below `by-hand`: answers bring their own; move \
             what must happen before to the lines above, such as `run 1s` and `crash s1`"
        ));
    }
    (script.goal_count() == 0).then(|| {
        "1: a challenge needs a goal; add a line such as `goal leader \"One server leads.\"`"
            .to_owned()
    })
}

impl AnsweredChallenge {
    /// Runs the challenge with the actions of the answer, both as texts. An answer that begins with
    /// `by-hand` says nothing of its cluster: it is read below the challenge.
    ///
    /// # Errors
    /// If the answer is no script, or an action does not fit the challenge's cluster; the lines are
    /// the answer's.
    pub fn run_to_end(text: &str, answer: &str) -> Result<AnsweredChallenge, Vec<ParseError>> {
        let mut text = text.to_owned();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let answer = answer.strip_prefix('\u{feff}').unwrap_or(answer);
        let (above, answer) = match begins_with_actions(answer) {
            true => (text.lines().count() as u32, parse(&format!("{text}{answer}"))),
            false => (0, parse(answer)),
        };
        let answer = answer.map_err(|mut errors| {
            errors.iter_mut().for_each(|error| error.line = error.line.saturating_sub(above));
            errors
        })?;
        let is_same = is_same_script(&text, &answer);
        let first = text.lines().count() as u32 + 2;
        text.push_str("by-hand\n");
        let (mut lines, mut actions) = (Vec::new(), 0);
        let below = answer.statements().skip_while(|(_, it)| **it != Statement::ByHand).skip(1);
        for (line, statement) in below {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{statement}");
            lines.push(line - above);
            actions += usize::from(!is_stop(statement));
        }
        let script = parse(&text).map_err(|errors| in_answer(errors, first, &lines))?;
        let mut recorder = Recorder::off();
        let mut run = Run::new(script, &mut recorder);
        run.finish_within(BUDGET, &mut recorder);
        let cut_short = (!run.finished()).then(|| Failure {
            line: lines.last().copied().unwrap_or(0),
            text: format!(
                "expected the answer to end, but too many events came before: this is {}",
                Duration(run.world().now_us())
            ),
            property: None,
        });
        Ok(AnsweredChallenge { run, lines, actions, first, changed: !is_same, cut_short })
    }

    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Whether something but the actions differs from the teacher's script. It does not count.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// How many actions the answer has, questions answered and claims included.
    pub fn actions(&self) -> usize {
        self.actions
    }

    /// The line in the answer of a line of the script that was run; `None` if it is the teacher's.
    pub fn line_in_answer(&self, line: u32) -> Option<u32> {
        let action = line.checked_sub(self.first)?;
        self.lines.get(action as usize).copied()
    }

    /// The actions that the challenge forbids, with their lines in the answer.
    pub fn breaches(&self) -> Vec<Breach> {
        let mut breaches = self.run.early_actions();
        breaches.extend(self.run.breaches());
        for breach in &mut breaches {
            breach.line = self.line_in_answer(breach.line).unwrap_or(breach.line);
        }
        breaches
    }

    /// Why the run failed. The line is the answer's if the second value says so.
    pub fn failures(&self) -> Vec<(Failure, bool)> {
        let failures = self.run.failures().iter().map(|failure| {
            let line = self.line_in_answer(failure.line);
            let in_answer = line.is_some();
            (Failure { line: line.unwrap_or(failure.line), ..failure.clone() }, in_answer)
        });
        failures.chain(self.cut_short.clone().map(|failure| (failure, true))).collect()
    }

    /// How many goals hold at the end, and how many there are.
    pub fn goals(&self) -> (usize, usize) {
        let won = self.run.goals().filter(|goal| goal.won).count();
        (won, self.run.goals().count())
    }

    /// Whether all goals hold at the end, or are rightly claimed to be impossible, and nothing
    /// forbidden was done.
    pub fn is_won(&self) -> bool {
        let is_won = self.run.is_won() == Some(true);
        is_won && self.cut_short.is_none() && self.breaches().is_empty()
    }
}

/// Whether nothing but the reader's actions stands there.
fn begins_with_actions(answer: &str) -> bool {
    let words = answer.lines().filter_map(|line| line.split_whitespace().next());
    words.into_iter().find(|word| !word.starts_with('#')) == Some("by-hand")
}

/// Whether the line only says how long the answer goes on.
fn is_stop(statement: &Statement) -> bool {
    matches!(statement, Statement::At { action: ScheduledAction::Stop, .. })
}

/// Whether both say the same above `by-hand`, but for comments and blank lines.
fn is_same_script(challenge: &str, answer: &Script) -> bool {
    let own = |script: &Script| {
        let statements = script.statements().map(|(_, statement)| statement);
        let own = statements.take_while(|statement| **statement != Statement::ByHand);
        own.cloned().collect::<Vec<Statement>>()
    };
    parse(challenge).is_ok_and(|script| own(&script) == own(answer))
}

/// The errors with the lines of the answer.
fn in_answer(mut errors: Vec<ParseError>, first: u32, lines: &[u32]) -> Vec<ParseError> {
    for error in &mut errors {
        let action = error.line.checked_sub(first).and_then(|at| lines.get(at as usize));
        error.line = action.copied().unwrap_or(error.line);
    }
    errors
}
