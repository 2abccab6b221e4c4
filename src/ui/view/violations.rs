//! The violations of the safety properties, with both sides of each.

use std::sync::Arc;

use crate::check::{Evidence, Explanation, Instead, Origin};
use crate::raft::{Entry, Index, ServerId, Term};
use crate::script::Session;
use crate::sim::Micros;
use crate::ui::state::Selection;
use crate::ui::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViolationModel {
    /// The property's name in the language.
    pub property: &'static str,
    /// Its name in the paper.
    pub title: &'static str,
    /// What contradicts what, in a few words.
    pub headline: String,
    /// What the property says.
    pub statement: &'static str,
    pub time_us: Micros,
    /// The event after which the check failed.
    pub event: u64,
    /// What was found, with the numbers.
    pub text: String,
    /// What contradicts what, a cell for each side; empty for operations.
    pub conflict: Vec<ConflictCell>,
    /// How both sides came to be, and what made it possible.
    pub explanation: Arc<Explanation>,
}

/// One of the two things that contradict each other, in a server's log or of its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictCell {
    pub server: ServerId,
    /// The index of the entry; `None` of a role.
    pub index: Option<Index>,
    pub content: String,
}

impl ConflictCell {
    fn new(origin: Origin, index: Index, content: String) -> ConflictCell {
        ConflictCell { server: origin.server, index: Some(index), content }
    }

    fn leader(origin: Origin, term: Term) -> ConflictCell {
        ConflictCell { server: origin.server, index: None, content: text::leads(term) }
    }

    /// Where the page shows it.
    pub fn selection(&self) -> Selection {
        let server = self.server;
        self.index.map_or(Selection::Server(server), |index| Selection::Entry { server, index })
    }
}

/// The cells of that evidence, the earlier one first.
fn conflict(evidence: &Evidence) -> Vec<ConflictCell> {
    let entry = |origin, index, entry: &Entry| {
        ConflictCell::new(origin, index, text::entry_of_term(entry.term, &entry.command))
    };
    match evidence {
        Evidence::TwoLeaders { term, first, second } => {
            vec![ConflictCell::leader(*first, *term), ConflictCell::leader(*second, *term)]
        }
        Evidence::LogChanged { index, changed, .. } => {
            vec![ConflictCell::new(*changed, *index, text::CHANGED_BY_LEADER.to_owned())]
        }
        Evidence::EntriesDiffer { index, first: (a, one), second: (b, other) }
        | Evidence::AppliedDiffer { index, first: (a, one), second: (b, other) } => {
            vec![entry(*a, *index, one), entry(*b, *index, other)]
        }
        Evidence::HistoriesDiffer { index, first: (a, before), second: (b, other), .. } => {
            let cell = |origin, term| {
                ConflictCell::new(origin, index - 1, text::entry_before(index - 1, term))
            };
            vec![cell(*a, *before), cell(*b, *other)]
        }
        Evidence::EntryMissing { index, terms, committed, leader, instead, .. } => vec![
            ConflictCell::new(*committed, *index, text::committed_entry(terms.0)),
            ConflictCell::new(
                *leader,
                *index,
                match instead {
                    Instead::Entry(term) => text::entry_instead(*term),
                    Instead::End(_) => text::NO_ENTRY.to_owned(),
                },
            ),
        ],
        Evidence::NoOrder(_) => Vec::new(),
    }
}

impl ViolationModel {
    /// Whether that event is a step on the way to the violation.
    pub fn follows_from(&self, event: u64) -> bool {
        let mut steps = self.explanation.chains.iter().flat_map(|chain| &chain.steps);
        steps.any(|step| step.event == event)
    }
}

pub(super) fn models(session: &Session) -> Vec<ViolationModel> {
    let violations = session.cluster().violations().iter();
    let explained = violations.zip(session.explanations());
    explained
        .map(|(violation, explanation)| ViolationModel {
            property: violation.property.name(),
            title: violation.property.title(),
            headline: explanation.headline.clone(),
            statement: violation.property.statement(),
            time_us: violation.time_us,
            event: violation.event,
            text: violation.text.clone(),
            conflict: conflict(&violation.evidence),
            explanation: Arc::clone(explanation),
        })
        .collect()
}
