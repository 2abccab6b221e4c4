//! The page: shows a run of a script and lets a person act on it.
//!
//! `view` makes plain values of the cluster, `components` draw them, `state` holds what the person
//! has opened and selected, `player` moves the run on in real time. Only `platform` talks to the
//! browser; everything else compiles and is tested natively.

pub mod announce;
pub mod components;
pub mod context;
pub mod decimal;
pub mod json;
pub mod kept;
pub mod palette;
pub mod playback;
pub mod scene;
pub mod state;
pub mod text;
pub mod timeline;
pub mod view;

mod animation;
mod app;
mod bench;
mod desk;
mod drawing;
mod hooks;
mod keeping;
mod keys;
mod markup;
mod opening;
mod part;
mod platform;
mod player;
mod scripting;
mod travel;

pub use app::mount;
