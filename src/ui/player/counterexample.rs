//! Searches for counterexamples in a worker, and opens what it finds.

use std::rc::Rc;

use crate::raft::Rule;
use crate::sim::Micros;
use crate::ui::counterexample::{SearchReport, SearchRequest};
use crate::ui::platform::clock::now_ms;
use crate::ui::platform::worker::Worker;
use crate::ui::state::{Action, Banner, SearchPhase, SearchState, Tab};
use crate::ui::text;

use super::Player;

/// A search that is under way.
pub(super) struct RunningSearch {
    request: SearchRequest,
    begun_ms: f64,
    worker: Worker,
    /// The smallest script so far, and when it does its harm.
    smallest: Option<(String, Micros)>,
}

impl Player {
    /// Searches schedules without that rule, from that seed on, and opens the first that does
    /// harm. Another search ends.
    pub fn search(self: &Rc<Self>, rule: Rule, first_seed: u64) {
        let request = SearchRequest { rule, first_seed };
        let begun_ms = now_ms();
        self.search.take();
        let (reported, crashed) = (Rc::downgrade(self), Rc::downgrade(self));
        let worker = Worker::start(
            move |text| {
                let player = reported.upgrade();
                player.into_iter().for_each(|player| player.search_reported(&text));
            },
            move |error| {
                let player = crashed.upgrade();
                let phase = SearchPhase::Failed(text::search_crashed(&error));
                player.into_iter().for_each(|player| player.end_search(phase.clone()));
            },
        );
        let phase = match worker {
            Ok(worker) => {
                let running = RunningSearch { request, begun_ms, worker, smallest: None };
                *self.search.borrow_mut() = Some(running);
                SearchPhase::Starting
            }
            Err(error) => SearchPhase::Failed(text::no_worker(rule, first_seed, &error)),
        };
        self.show_search(request, begun_ms, phase);
    }

    /// Ends the search, whatever it has found.
    pub fn cancel_search(&self) {
        self.search.take();
        self.dispatch(Action::SetSearch(None));
    }

    /// Ends the search while it shrinks, and opens the smallest script so far.
    pub fn open_smallest(&self) {
        let Some(running) = self.search.take() else { return };
        self.dispatch(Action::SetSearch(None));
        if let Some((script, time_us)) = &running.smallest {
            let text = text::unshrunk(running.request.rule);
            self.open_found(script, *time_us, text);
        }
    }

    fn search_reported(&self, report: &str) {
        let Some(report) = SearchReport::parse(report) else { return };
        let phase = match report {
            SearchReport::Ready => {
                if let Some(running) = &*self.search.borrow() {
                    running.worker.post(&running.request.to_string());
                }
                SearchPhase::Starting
            }
            SearchReport::Searching { schedules, events } => {
                SearchPhase::Searching { schedules, events }
            }
            SearchReport::Shrinking { seed, runs, acts, time_us, script } => {
                if let Some(running) = &mut *self.search.borrow_mut() {
                    running.smallest = Some((script, time_us));
                }
                SearchPhase::Shrinking { seed, runs, acts }
            }
            SearchReport::Found { seed, schedules, runs, acts, time_us, harm, script } => {
                let rule = self.search.borrow().as_ref().map(|running| running.request.rule);
                let Some(rule) = rule else { return };
                let found = text::FoundCounterexample { rule, seed, runs, acts, harm: &harm };
                self.open_found(&script, time_us, found.to_string());
                return self.end_search(SearchPhase::Found { seed, schedules });
            }
            SearchReport::NotFound { last_seed } => {
                return self.end_search(SearchPhase::NotFound { last_seed });
            }
            SearchReport::NotReplayed { seed } => {
                return self.end_search(SearchPhase::Failed(text::not_replayed(seed)));
            }
        };
        let shown =
            self.search.borrow().as_ref().map(|running| (running.request, running.begun_ms));
        if let Some((request, begun_ms)) = shown {
            self.show_search(request, begun_ms, phase);
        }
    }

    fn end_search(&self, phase: SearchPhase) {
        let Some(running) = self.search.take() else { return };
        self.show_search(running.request, running.begun_ms, phase);
    }

    fn show_search(&self, request: SearchRequest, begun_ms: f64, phase: SearchPhase) {
        let SearchRequest { rule, first_seed } = request;
        let elapsed_ms = (now_ms() - begun_ms).max(0.0) as u64;
        let state = SearchState { rule, first_seed, elapsed_ms, phase };
        if !state.is_running() {
            self.announce(text::search_phase(&state));
        }
        self.dispatch(Action::SetSearch(Some(state)));
    }

    /// Opens a script at the moment of its harm, with its text in front.
    fn open_found(&self, script: &str, time_us: Micros, text: String) {
        match self.open_at(script, time_us) {
            Ok(()) => {
                self.dispatch(Action::Show(Tab::Script));
                let offers_previous = self.has_previous();
                self.show_banner(Banner { offers_previous, ..Banner::until_play(text) });
            }
            Err(error) => {
                let text = text::COUNTEREXAMPLE_WRONG.to_owned();
                self.show_banner(Banner::error(text, Some(error)));
            }
        }
    }
}
