//! The only room that talks to the browser: web-sys, js-sys and gloo are named nowhere else. It
//! depends on no other room of the project.

pub mod animation;
pub mod canvas;
pub mod clock;
pub mod dom;
pub mod export;
pub mod field;
pub mod files;
pub mod fullscreen;
pub mod lab_program;
pub mod listen;
pub mod marks;
mod messages;
pub mod panic;
pub mod pictures;
pub mod popover;
pub mod service_worker;
pub mod storage;
pub mod worker;
