//! The page's components.

pub mod command_row;
pub mod controls;
pub mod dialogs;
pub mod header;
pub mod icons;
pub mod panels;
pub mod stage;
