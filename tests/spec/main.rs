//! The native tests, a module a topic.

mod chaos;
mod command_line;
mod console;
mod histories;
mod language;
mod linearizability;
mod manual;
mod running;
mod scripts;
mod statements;
mod tidy;
