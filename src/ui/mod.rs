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

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod bench;
#[cfg(target_arch = "wasm32")]
mod controls;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod dialogs;
#[cfg(target_arch = "wasm32")]
mod drawing;
#[cfg(target_arch = "wasm32")]
mod header;
#[cfg(target_arch = "wasm32")]
mod hooks;
#[cfg(target_arch = "wasm32")]
mod keeping;
#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod markup;
#[cfg(target_arch = "wasm32")]
mod opening;
#[cfg(target_arch = "wasm32")]
mod panels;
#[cfg(target_arch = "wasm32")]
mod part;
mod platform;
#[cfg(target_arch = "wasm32")]
mod player;
#[cfg(target_arch = "wasm32")]
mod scripting;
#[cfg(target_arch = "wasm32")]
mod time_row;
#[cfg(target_arch = "wasm32")]
mod travel;

#[cfg(target_arch = "wasm32")]
pub use app::mount;
