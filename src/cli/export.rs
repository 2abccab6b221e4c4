//! `raftarium export`: a run as a picture, or as a text for other programs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::export::{ExportedRun, MERMAID_LEN_MAX, MermaidOptions, mermaid, shiviz};
use crate::script::{Script, parse};
use crate::sim::{Duration, Micros, Span};

use super::exit_status::ExitStatus;
use super::link::time;
use super::terminal::{print, print_error, print_parse_errors, read};

/// Print a run as a sequence diagram or as a log with vector clocks
///
/// Runs the script to its end. Exit status: 2 if the script does not parse or an option is invalid.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium export election.raft --format mermaid > election.mmd
  raftarium export election.raft --format mermaid --from 1s --to 1.5s --without-heartbeats
  raftarium export election.raft --format shiviz > election.log")]
pub(super) struct ExportOptions {
    /// The script; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The form: a Mermaid sequence diagram, or a log for ShiViz
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// Leave out what happens before this time, such as 1.5s
    #[arg(long, value_name = "T", value_parser = time)]
    from: Option<Micros>,
    /// Leave out what happens after this time
    #[arg(long, value_name = "T", value_parser = time)]
    to: Option<Micros>,
    /// Leave out heartbeats that changed nothing, and the replies to them (mermaid)
    #[arg(long)]
    without_heartbeats: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Mermaid,
    Shiviz,
}

pub(super) fn export(options: &ExportOptions) -> ExitStatus {
    let name = options.file.display().to_string();
    let (from_us, to_us) = (options.from.unwrap_or(0), options.to.unwrap_or(Micros::MAX));
    if to_us < from_us {
        let (from, to) = (Duration(from_us), Duration(to_us));
        print_error(format!("expected a time after `--from {from}`, found `--to {to}`"));
        return ExitStatus::Unusable;
    }
    if options.without_heartbeats && options.format != ExportFormat::Mermaid {
        print_error("`--without-heartbeats` is for `--format mermaid`");
        return ExitStatus::Unusable;
    }
    let Some(script) = read_script(options, &name) else { return ExitStatus::Unusable };
    let span = Span { from_us, to_us };
    let replay = ExportedRun { script, span, beyond_script: false, limited: false };
    let text = match options.format {
        ExportFormat::Mermaid => {
            mermaid(replay, MermaidOptions { heartbeats: !options.without_heartbeats })
        }
        ExportFormat::Shiviz => shiviz(replay),
    };
    match text {
        Ok(text) => {
            if options.format == ExportFormat::Mermaid && text.len() > MERMAID_LEN_MAX {
                print_error(too_long_for_mermaid(&name, text.len()));
            }
            print(text.trim_end());
            ExitStatus::Success
        }
        Err(error) => {
            print_error(format!("{name}: {error}"));
            ExitStatus::Unusable
        }
    }
}

fn read_script(options: &ExportOptions, name: &str) -> Option<Script> {
    match read(&options.file) {
        Ok(text) => {
            let script = parse(&text);
            script.map_err(|errors| print_parse_errors(name, &errors)).ok()
        }
        Err(error) => {
            print_error(format!("{name}: cannot be read: {error}"));
            None
        }
    }
}

fn too_long_for_mermaid(name: &str, len: usize) -> String {
    format!(
        "{name}: note: Mermaid draws at most {MERMAID_LEN_MAX} characters unless `maxTextSize` is \
         raised; these are {len}. Use --from, --to and --without-heartbeats."
    )
}
