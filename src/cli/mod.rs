//! The command line `raftarium`: a subcommand a file.
//!
//! What was asked for goes to standard output; what went wrong goes to standard error.

mod fuzz;
mod link;
mod progress;
mod run;
mod terminal;
mod trace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::{Shell, generate};

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
    Link(link::LinkOptions),
    Script(link::ScriptOptions),
    /// Print what a shell needs to complete this program's options
    #[command(after_help = "Examples:
  raftarium completions bash > ~/.local/share/bash-completion/completions/raftarium
  raftarium completions zsh > ~/.zfunc/_raftarium
  raftarium completions fish > ~/.config/fish/completions/raftarium.fish")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Fuzz(options) => fuzz::fuzz(&options),
        Command::Link(options) => link::link(&options),
        Command::Script(options) => link::script(&options),
        Command::Completions { shell } => complete(shell),
    };
    outcome.into()
}

fn complete(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "raftarium", &mut script);
    terminal::tell(String::from_utf8_lossy(&script).trim_end());
    Outcome::Fine
}
