//! The language as text and as a tree; `docs/script.md` is its manual.
//!
//! `parse` turns text into the tree of `ast` and reports what does not parse; `print` writes the
//! tree as text that parses to the same tree. `words` lists the statements with a line of help
//! each.

pub mod ast;
pub mod parse;
pub mod print;
pub mod words;
