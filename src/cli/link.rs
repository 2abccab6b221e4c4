//! `raftarium link` and `raftarium script`: scripts to links and back.

use std::path::PathBuf;

use clap::Args;

use crate::script::{ShareLink, parse};

use super::exit_status::ExitStatus;
use super::terminal::{print, print_error, print_parse_errors, read};

/// Print the share link of a script
///
/// Append it to the address of the page. The link opens the script paused at the time given by
/// `--at`. Exit status: 2 if the script does not parse.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium link election.raft
  echo \"https://example.org/raftarium/$(raftarium link election.raft)\"
  raftarium link election.raft --at 1.5s
  raftarium script \"$(raftarium link election.raft)\"")]
pub(super) struct LinkOptions {
    /// The script; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The time at which the link opens, such as 1.5s
    #[arg(long, value_name = "TIME", default_value = "0ms", value_parser = time)]
    at: u64,
}

/// Print the script in a share link
///
/// Exit status: 2 if the link cannot be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium script 'https://example.org/raftarium/#1AbC...'
  raftarium script 1AbC... > election.raft
  raftarium script 1AbC... | raftarium run -")]
pub(super) struct ScriptOptions {
    /// A link: a whole address, or the part after its `#`
    #[arg(value_name = "LINK")]
    link: String,
}

/// Parses a time as the language writes it.
pub(super) fn time(text: &str) -> Result<u64, String> {
    use crate::script::{Statement, parse_statement};
    match parse_statement(&format!("run {text}"), 1, 0) {
        Ok(Some(Statement::Run(time_us))) => Ok(time_us),
        _ => Err("expected a time such as 1.5s".to_owned()),
    }
}

pub(super) fn link(options: &LinkOptions) -> ExitStatus {
    let name = options.file.display();
    let text = match read(&options.file) {
        Ok(text) => text,
        Err(error) => {
            print_error(format!("{name}: cannot be read: {error}"));
            return ExitStatus::Unusable;
        }
    };
    if let Err(errors) = parse(&text) {
        print_parse_errors(&name.to_string(), &errors);
        return ExitStatus::Unusable;
    }
    match (ShareLink { text, time_us: options.at }).fragment() {
        Ok(fragment) => {
            print(format!("#{fragment}"));
            ExitStatus::Success
        }
        Err(error) => {
            print_error(format!("{name}: {error}"));
            ExitStatus::Unusable
        }
    }
}

pub(super) fn script(options: &ScriptOptions) -> ExitStatus {
    match ShareLink::read(&options.link) {
        Ok(link) => {
            print(link.text.strip_suffix('\n').unwrap_or(&link.text));
            ExitStatus::Success
        }
        Err(error) => {
            print_error(error);
            ExitStatus::Unusable
        }
    }
}
