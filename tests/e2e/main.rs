//! A real Chromium drives the built page.
//!
//! `cargo xtask test` builds the page and runs these tests. By hand:
//! `cargo xtask build --release` and then
//! `RAFTARIUM_DIST=dist cargo test --test e2e`.

mod api;
mod budget;
mod cluster;
mod console;
mod embedding;
mod hands;
mod harness;
mod hidden;
mod measure;
mod measure_time;
mod membership;
mod opening;
mod pace;
mod screenshot;
mod scripts;
mod session;
mod time;
mod watchfulness;
