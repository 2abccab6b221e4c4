//! Drives the built page in a real Chromium, and for some tests in a real Firefox.
//!
//! `cargo xtask test` builds the page and runs these tests. To run them yourself:
//! `cargo xtask build --release`, then `RAFTARIUM_DIST=dist cargo test --test e2e`.
//!
//! What people ran into when they first used the page, and the test that keeps each from returning:
//!
//! - A candidate led before its last vote was drawn: `stage`: `roles_and_votes_...`
//! - A finger could not partition: the browser took the gesture: `stage`, `firefox`:
//!   `a_finger_across_...`
//! - After a choice from a menu, Space opened the menu again: `stage`:
//!   `space_plays_or_pauses_...`
//! - The words of a narrated script appeared nowhere: `narration`
//! - A violation stopped a story before it was explained: `narration`: `a_violation_does_not_...`
//! - The logs of figure 7 lay out of sight: `lessons`: `a_lesson_shows_all_entries_...`
//! - Nothing said which rule or setting was unusual: `chips`; `events`:
//!   `the_event_of_a_changed_setting_...`
//! - A violation blamed one side and the wrong rule, pushed the page down, and said "stopped":
//!   `violation`; `inspector`: `both_sides_...`
//! - A chosen event lost the focus and was out of sight: `events`: `a_chosen_event_...`
//! - After a crash, the crash was not in the story: `inspector`: `the_story_after_a_crash_...`
//! - The hint stayed when it was done, and covered servers: `stage`: `the_hint_goes_away_...`;
//!   `hint`
//! - The partition dialog hid the stage and healed cuts; Share left the run paused: `partition`;
//!   `session::sharing`: `a_run_pauses_...`
//! - The read that breaks linearizability had a green tick: `sizes`:
//!   `the_answer_that_fits_no_order_...`; `history`
//! - A key named `s1` was taken for a server: `names`
//! - A frame's host began twice: `embedding`: `..._begins_only_once`
//!
//! And the parts of the page:
//!
//! - what the stage draws; the pace: `stage`, `stage_marks`
//! - everything can be touched: `server_menu`, `messages`, `links`, `log_cells`, `clients`,
//!   `partition`
//! - the command row, Reset and New: `command_row`
//! - what this run is: chips, properties, numbers: `chips`
//! - rules and counterexamples: `rules`, `counterexample`
//! - the inspector, events, violations: `inspector`, `events`, `violation`
//! - the timeline, branches: `timeline`, `time_travel`, `branches`
//! - the same run with one thing changed: `compare`
//! - focus, in the address and in every view: `focus`
//! - the clients' history: `history`
//! - pictures, exports, print, frames: `export`, `print`, `embed`, `embedding`
//! - layouts: `layout`, `sizes`
//! - legend, glossary, palette, keys, settings: `legend`, `glossary`, `palette`, `settings`
//! - the card of a narrated script: `narration`: time waits at steps, Back, chapters, leaving and
//!   returning, reloads; `lessons`: `back_and_next_stay_...`, `what_a_lesson_does_not_allow_...`
//! - galleries, search, progress: `gallery`
//! - every lesson step by step, and one to its goal by keyboard, by touch, in a frame: `lessons`;
//!   `measure::lesson`: 60 frames a second; `screenshot`: a picture of each step
//! - predictions, goals, and the outcome of each rule's scenario need no browser:
//!   `cargo test --test spec lessons scenarios broken narration`
//! - challenges: `challenges`
//! - challenges that a person makes, and their answers: `make_challenge`
//! - packages for learning platforms: `scorm`
//! - experiments in workers: `lab`
//! - visits without a network: `offline`
//! - the page without a mouse: `keyboard_only`
//! - what axe-core finds: `accessibility`

mod accessibility;
mod api;
mod branches;
mod challenge_card;
mod challenges;
mod chips;
mod clients;
mod cluster;
mod command_row;
mod compare;
mod console;
mod counterexample;
mod determinism;
mod drag_over_message;
mod embed;
mod embedding;
mod events;
mod export;
mod firefox;
mod focus;
mod gallery;
mod glossary;
mod harness;
mod harness_errors;
mod harness_input;
mod hidden_tab;
mod hint;
mod history;
mod inspector;
mod keyboard_only;
mod lab;
mod layout;
mod legend;
mod lessons;
mod links;
mod log_cells;
mod make_challenge;
mod many_messages;
mod measure;
mod membership;
mod messages;
mod names;
mod narration;
mod offline;
mod opening;
mod palette;
mod partition;
mod present;
mod print;
mod rules;
mod scorm;
mod screenshot;
mod scripts;
mod server_menu;
mod session;
mod settings;
mod sizes;
mod slow_disk;
mod stage;
mod stage_marks;
mod teaching;
mod time_travel;
mod timeline;
mod violation;
