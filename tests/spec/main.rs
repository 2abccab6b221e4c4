//! The native tests, one module per topic.

mod broken;
#[cfg(feature = "page")]
mod catalogue;
mod challenge_start;
mod challenges;
mod chance;
mod command_line;
mod complete;
mod console;
#[cfg(feature = "page")]
mod counterexamples;
#[cfg(feature = "page")]
mod deviations;
mod diagrams;
mod dice;
mod differential;
mod exhaustive;
mod explanations;
#[cfg(feature = "cli")]
mod exports;
mod follow_ups;
mod forms;
mod fuzz;
mod grading;
mod handed_in;
mod histories;
mod lab;
mod language;
mod lessons;
mod linearizability;
mod links;
mod manual;
mod messages;
mod mutants;
mod narration;
mod pitfalls;
mod random_conditions;
mod reason_texts;
mod reasons;
#[cfg(feature = "page")]
mod rule_counts;
mod running;
mod scenarios;
mod schedules;
mod scorm;
mod scripts;
mod sessions;
mod statements;
mod story_steps;
mod teaching;
mod ten_thousand;
mod tidy;
#[cfg(feature = "cli")]
mod traces;
#[cfg(feature = "page")]
mod views;
