//! The page: shows a run of a script and lets a person act on it.
//!
//! What is pure (the pictures, the geometry, the clock's arithmetic, the texts, the reducer) is
//! built everywhere and tested natively. What touches the browser is built for the browser only,
//! and reaches it through `platform`.

pub mod announce;
pub mod decimal;
pub mod json;
pub mod kept;
pub mod model;
pub mod palette;
pub mod playback;
pub mod stage;
pub mod store;
pub mod text;
pub mod timeline;

mod app;
mod bench;
mod controls;
mod desk;
mod dialogs;
mod drawing;
mod header;
mod hooks;
mod keeping;
mod keys;
mod markup;
mod opening;
mod panels;
mod part;
mod platform;
mod player;
mod scripting;
mod time_row;
mod travel;

pub use app::mount;
