//! The native tests, a module a topic.

mod broken;
mod chaos;
mod command_line;
mod complete;
mod console;
mod dice;
mod differential;
mod exhaustive;
mod forms;
mod fuzz;
mod histories;
mod language;
mod linearizability;
mod links;
mod manual;
mod mutants;
mod pitfalls;
mod running;
mod scripts;
mod sessions;
mod statements;
mod ten_thousand;
mod tidy;
