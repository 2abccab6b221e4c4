//! `raftarium link` and `raftarium script`: scripts to links and back.

use std::path::PathBuf;

use clap::Args;

use crate::script::{Link, parse};

use super::Outcome;
use super::run::tell_parse_errors_in_words;
use super::terminal::{complain, read, tell};

/// Print the share link's fragment for a script
///
/// Put it after the page's address. The link opens the script at a moment, paused. Exits with 2 where the
/// script does not parse.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium link election.raft
  echo \"https://example.org/raftarium/$(raftarium link election.raft)\"
  raftarium link election.raft --at 1.5s
  raftarium script \"$(raftarium link election.raft)\"")]
pub(super) struct LinkOptions {
    /// The script; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The moment that the link shows, such as 1.5s
    #[arg(long, value_name = "TIME", default_value = "0ms", value_parser = moment)]
    at: u64,
}

/// Print the script in a share link
///
/// Exits with 2 where the link cannot be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium script 'https://example.org/raftarium/#1AbC...'
  raftarium script 1AbC... > election.raft
  raftarium script 1AbC... | raftarium run -")]
pub(super) struct ScriptOptions {
    /// A link: a whole address, or what stands after its `#`
    #[arg(value_name = "LINK")]
    link: String,
}

/// A duration as the language writes it.
fn moment(text: &str) -> Result<u64, String> {
    use crate::script::{Statement, parse_statement};
    match parse_statement(&format!("run {text}"), 1, 0) {
        Ok(Some(Statement::Run(time_us))) => Ok(time_us),
        _ => Err("expected a moment such as 1.5s".to_owned()),
    }
}

/// `raftarium link`
pub(super) fn link(options: &LinkOptions) -> Outcome {
    let name = options.file.display();
    let text = match read(&options.file) {
        Ok(text) => text,
        Err(error) => {
            complain(format!("{name}: cannot be read: {error}"));
            return Outcome::Unusable;
        }
    };
    if let Err(errors) = parse(&text) {
        tell_parse_errors_in_words(&name.to_string(), &errors);
        return Outcome::Unusable;
    }
    match (Link { text, time_us: options.at }).fragment() {
        Ok(fragment) => {
            tell(format!("#{fragment}"));
            Outcome::Fine
        }
        Err(error) => {
            complain(format!("{name}: {error}"));
            Outcome::Unusable
        }
    }
}

/// `raftarium script`
pub(super) fn script(options: &ScriptOptions) -> Outcome {
    match Link::read(&options.link) {
        Ok(link) => {
            tell(link.text.strip_suffix('\n').unwrap_or(&link.text));
            Outcome::Fine
        }
        Err(error) => {
            complain(error);
            Outcome::Unusable
        }
    }
}
