//! What a person does while a script runs: kept with its moment, so that it can be done again.
//!
//! What is done by hand comes after everything else that is due at its moment: that is how a player
//! finds the cluster, who lets it come to rest before anybody acts. Where somebody acts in the midst of a moment
//! (event by event, at a `stop`, while messages take no time), the line says after how many of its steps.

use std::fmt;
use std::sync::Arc;

use crate::sim::{Act, Duration, Micros, Recorder};

use super::lang::ast::{Action, Script, Statement};
use super::runner::{Runner, Step};

/// Something that was done by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// Its line in the text of the session.
    pub line: u32,
    /// When, in microseconds.
    pub time_us: Micros,
    /// After how many steps of that moment; after all of them where left out.
    pub after: Option<u32>,
    /// What.
    pub action: Action,
}

impl fmt::Display for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {} ", Duration(self.time_us))?;
        self.after.map_or(Ok(()), |after| write!(f, "after {after} "))?;
        self.action.fmt(f)
    }
}

/// A moment, and after how many steps of it.
pub(super) type Spot = (Micros, Option<u32>);

/// What stands below `by-hand`, in the order in which it is done.
pub(super) fn hands_of(script: &Script) -> Vec<Arc<Hand>> {
    let below = script.statements().skip_while(|(_, statement)| **statement != Statement::ByHand);
    let hands = below.filter_map(|(line, statement)| match statement {
        Statement::At { time_us, after, action } => {
            let (time_us, after) = (*time_us, *after);
            Some(Arc::new(Hand { line, time_us, after, action: action.clone() }))
        }
        _ => None,
    });
    let mut hands: Vec<Arc<Hand>> = hands.collect();
    hands.sort_by_key(|hand| hand.time_us);
    hands
}

impl Statement {
    /// What the console did, as something that can be done at a moment.
    pub(super) fn into_action(self) -> Action {
        match self {
            Statement::Act(act) => Action::Act(act),
            Statement::Set(setting) => Action::Act(Act::Set(setting)),
            statement => Action::Begin(Box::new(statement)),
        }
    }
}

impl Runner {
    /// When something is to be done again that was done by hand.
    pub(super) fn hand_due(&self) -> Option<Spot> {
        self.hands.get(self.hands_done).map(|hand| (hand.time_us, hand.after))
    }

    /// Where a run stands, for somebody who acts now.
    pub(super) fn spot(&self) -> Spot {
        let after = (!self.is_at_rest()).then(|| u32::try_from(self.steps_now()).ok()).flatten();
        (self.world().now_us(), after)
    }

    /// Keeps what was done by hand; what was still to come by hand is of another run now.
    pub(super) fn keep(&mut self, (time_us, after): Spot, action: Action) {
        self.forget_later_marks();
        let line = self.next_hand_line();
        let hands = Arc::make_mut(&mut self.hands);
        hands.truncate(self.hands_done);
        hands.push(Arc::new(Hand { line, time_us, after, action }));
        self.hands_done += 1;
        self.hands_kept += 1;
        self.steps += 1;
        self.mark_if_due();
    }

    /// The line that what is done by hand now will stand in.
    pub(super) fn next_hand_line(&self) -> u32 {
        let last = self.hands[..self.hands_done].last();
        match (last, self.script.lines.last()) {
            (Some(hand), _) => hand.line + 1,
            (None, Some(line)) => line.number + 2,
            (None, None) => 2,
        }
    }

    /// Does again what was done by hand next.
    pub(super) fn do_hand(&mut self, recorder: &mut Recorder) -> Step {
        let hand = Arc::clone(&self.hands[self.hands_done]);
        self.hands_done += 1;
        self.steps += 1;
        let done = match &hand.action {
            Action::Act(act) => self.do_act(act, recorder),
            Action::Begin(statement) => self.do_at_once(statement, hand.line, recorder),
            Action::Stop => {
                self.breakpoint = Some(hand.line);
                Ok(())
            }
        };
        if let Err(text) = done {
            self.fail(hand.line, text);
        }
        if self.finished() {
            self.judge();
        }
        Step::Done
    }
}
