//! Drives the built page in a real Chromium, and for some tests in a real Firefox.
//!
//! `cargo xtask test` builds the page and runs these tests. To run them yourself:
//! `cargo xtask build --release`, then `RAFTARIUM_DIST=dist cargo test --test e2e`.

mod accessibility;
mod api;
mod chips;
mod clients;
mod cluster;
mod command_row;
mod compare;
mod console;
mod counterexample;
mod determinism;
mod embed;
mod embedding;
mod events;
mod export;
mod firefox;
mod focus;
mod glossary;
mod harness;
mod harness_errors;
mod harness_input;
mod hidden_tab;
mod history;
mod inspector;
mod layout;
mod legend;
mod links;
mod log_cells;
mod measure;
mod membership;
mod messages;
mod offline;
mod opening;
mod palette;
mod partition;
mod print;
mod rules;
mod screenshot;
mod scripts;
mod server_menu;
mod session;
mod settings;
mod sizes;
mod stage;
mod time_travel;
mod timeline;
