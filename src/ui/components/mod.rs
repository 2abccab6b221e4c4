//! What the page is made of: one file a component.

pub mod controls;
pub mod dialogs;
pub mod header;
pub mod panels;
pub mod stage;
mod time_row;
