//! The page: shows a session and lets a person act on it.
//!
//! `view` takes plain values from the cluster, `components` render them, `state` holds
//! what the person has opened and selected, `pictures` draws files for print, `player`
//! plays the session in real time. Only `platform` talks to the browser; everything else
//! compiles and is tested natively.

pub mod actions;
pub mod catalogue;
pub mod components;
pub mod context;
pub mod counterexample;
pub mod embed_layout;
pub mod experiments;
pub mod glossary;
pub mod markup;
pub mod open_dialog;
pub mod page_layout;
pub mod palette;
pub mod pictures;
pub mod player;
pub mod progress;
pub mod scene;
pub mod state;
pub mod text;
pub mod timeline;
pub mod view;

mod animation;
mod announcements;
mod api;
mod app;
mod first_cluster;
mod hover;
mod lab_program;
mod platform;
mod presenting;
mod shortcuts;
mod worker_jobs;

pub use app::start;
pub use lab_program::start_lab;
