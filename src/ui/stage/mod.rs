//! The drawing: servers on a ring, links, clients, and the messages that travel.

pub mod geometry;
pub mod vocabulary;

mod ballots;
mod cut_line;
mod hint;
pub(super) mod layer;
mod links;
mod menu;
mod servers;
pub(super) mod shapes;
mod view;

pub(super) use view::StageProps;
