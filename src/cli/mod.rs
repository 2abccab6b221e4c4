//! The command line `raftarium`: a subcommand a file.
//!
//! What was asked for goes to standard output; what went wrong goes to standard error.

mod fuzz;
mod run;
mod terminal;
mod trace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// How a program of this kind ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Everything held.
    Fine = 0,
    /// Something that was expected is not so.
    Failed = 1,
    /// A script does not parse, or an option is wrong.
    Unusable = 2,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}

#[derive(Debug, Parser)]
#[command(
    name = "raftarium",
    version,
    about = "A Raft cluster: run scripts, and search for what breaks them"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Options),
    Fuzz(fuzz::Options),
}

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Run(options) => run::run(&options).into(),
        Command::Fuzz(options) => fuzz::fuzz(&options).into(),
    }
}
