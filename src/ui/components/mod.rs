//! The page's components.

pub mod code_text;
pub mod command_row;
pub mod controls;
pub mod deviation_chips;
pub mod dialogs;
pub mod element_size;
pub mod gallery;
pub mod header;
pub mod icons;
pub mod lab;
pub mod lab_host;
pub mod legend;
pub mod legend_button;
pub mod narration;
pub mod panels;
pub mod reason_button;
pub mod roving_focus;
pub mod section_tabs;
pub mod stage;
pub mod terms;
pub mod timeline;
pub mod verdict;
