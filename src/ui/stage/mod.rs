//! The drawing: servers on a ring, links, clients, and the messages that travel.

pub mod geometry;
pub mod vocabulary;

#[cfg(target_arch = "wasm32")]
mod ballots;
#[cfg(target_arch = "wasm32")]
mod cut_line;
#[cfg(target_arch = "wasm32")]
mod hint;
#[cfg(target_arch = "wasm32")]
pub(super) mod layer;
#[cfg(target_arch = "wasm32")]
mod links;
#[cfg(target_arch = "wasm32")]
mod menu;
#[cfg(target_arch = "wasm32")]
mod servers;
#[cfg(target_arch = "wasm32")]
pub(super) mod shapes;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub(super) use view::StageProps;
