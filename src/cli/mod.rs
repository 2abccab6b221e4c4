//! The command line `raftarium`, one file per subcommand.
//!
//! Results go to standard output, problems to standard error.

mod answer;
mod answer_text;
mod check;
mod exit_status;
mod explanation;
mod export;
mod format;
mod fuzz;
mod lab;
mod link;
mod narration;
mod pack;
mod progress;
mod run;
mod terminal;
mod trace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::{Shell, generate};

pub use check::{Broken, Problem, TraceReader};
use exit_status::ExitStatus;

#[derive(Debug, Parser)]
#[command(
    name = "raftarium",
    version,
    about = "Run Raft clusters from scripts, check traces, search for schedules that break them, \
             and measure elections"
)]
struct Arguments {
    #[command(subcommand)]
    subcommand: Subcommands,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    Run(run::RunOptions),
    Check(check::CheckOptions),
    Fuzz(fuzz::FuzzOptions),
    Lab(lab::LabOptions),
    Link(link::LinkOptions),
    Script(link::ScriptOptions),
    Export(export::ExportOptions),
    Pack(pack::PackOptions),
    /// Print a shell completion script
    #[command(after_help = "Examples:
  raftarium completions bash > ~/.local/share/bash-completion/completions/raftarium
  raftarium completions zsh > ~/.zfunc/_raftarium
  raftarium completions fish > ~/.config/fish/completions/raftarium.fish")]
    Completions {
        /// The shell to complete for
        shell: Shell,
    },
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let status = match Arguments::parse().subcommand {
        Subcommands::Run(options) => run::run(&options),
        Subcommands::Check(options) => check::check(&options),
        Subcommands::Fuzz(options) => fuzz::fuzz(&options),
        Subcommands::Lab(options) => lab::lab(&options),
        Subcommands::Link(options) => link::link(&options),
        Subcommands::Script(options) => link::script(&options),
        Subcommands::Export(options) => export::export(&options),
        Subcommands::Pack(options) => pack::pack(&options),
        Subcommands::Completions { shell } => complete(shell),
    };
    status.into()
}

fn complete(shell: Shell) -> ExitStatus {
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "raftarium", &mut script);
    terminal::print(String::from_utf8_lossy(&script).trim_end());
    ExitStatus::Success
}
