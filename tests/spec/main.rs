//! The native tests, a module a topic.

mod chaos;
mod command_line;
mod console;
mod differential;
mod exhaustive;
mod language;
mod manual;
mod running;
mod scripts;
mod statements;
mod tidy;
