//! `raftarium export`: a run as a picture, or as a text for other programs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::export::picture::{TimelinePicture, timeline_svg};
use crate::export::{ExportError, ExportedRun, MERMAID_LEN_MAX, MermaidOptions, mermaid, shiviz};
use crate::script::{Script, parse};
use crate::sim::{Duration, Micros, Span};

use super::exit_status::ExitStatus;
use super::link::time;
use super::terminal::{print, print_error, print_parse_errors, read};

/// Print a run as a picture, a sequence diagram, or a log with vector clocks
///
/// Runs the script to its end. Exit status: 2 if the script does not parse or an option is invalid.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  raftarium export election.raft --format mermaid > election.mmd
  raftarium export election.raft --format mermaid --from 1s --to 1.5s --without-heartbeats
  raftarium export election.raft --format svg --to 500ms > election.svg
  raftarium export election.raft --format shiviz > election.log")]
pub(super) struct ExportOptions {
    /// The script; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The form: a Mermaid sequence diagram, a log for ShiViz, or a picture
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// Leave out what happens before this time, such as 1.5s
    #[arg(long, value_name = "T", value_parser = time)]
    from: Option<Micros>,
    /// Leave out what happens after this time
    #[arg(long, value_name = "T", value_parser = time)]
    to: Option<Micros>,
    /// Leave out heartbeats that changed nothing, and the replies to them
    #[arg(long)]
    without_heartbeats: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A sequence diagram
    Mermaid,
    /// A log with vector clocks
    Shiviz,
    /// A picture of the timeline
    Svg,
}

pub(super) fn export(options: &ExportOptions) -> ExitStatus {
    let name = options.file.display().to_string();
    let (from_us, to_us) = (options.from.unwrap_or(0), options.to.unwrap_or(Micros::MAX));
    if to_us < from_us {
        let (from, to) = (Duration(from_us), Duration(to_us));
        print_error(format!("expected a time after `--from {from}`, found `--to {to}`"));
        return ExitStatus::Unusable;
    }
    if options.without_heartbeats && options.format == ExportFormat::Shiviz {
        print_error("`--without-heartbeats` is for `--format mermaid` and `--format svg`");
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
        ExportFormat::Svg => picture(replay, &name, !options.without_heartbeats),
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

/// A picture of the timeline up to the end of the run, or of the span if that is earlier.
fn picture(run: ExportedRun, name: &str, heartbeats: bool) -> Result<String, ExportError> {
    let Span { from_us, to_us } = run.span;
    let title = run.title().unwrap_or_else(|| name.to_owned());
    let (diagram, world) = run.diagram()?;
    let span = Span { from_us, to_us: to_us.min(world.now_us()).max(from_us) };
    let (diagram, world) = (&diagram, &world);
    Ok(timeline_svg(&TimelinePicture { diagram, world, title: &title, span, heartbeats }))
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
