//! The edge to the browser. Only here are web-sys, js-sys and gloo named; the rest of the page
//! sees what this module hands out.

pub mod animation;
pub mod api;
pub mod clock;
pub mod dom;
pub mod embedding;
pub mod field;
pub mod files;
pub mod listen;
pub mod panic;
pub mod storage;
