//! Texts of the lab.

use crate::lab::experiment::{
    Design, Distribution, ExperimentResults, PUBLISHED_ELECTIONS, Plot, PublishedElections,
    SeriesResults, number, published,
};
use crate::ui::experiments::{ExperimentKind, LabProgress};

pub const LAB_EXPERIMENT: &str = "Experiment";
pub const LAB_RANGES: &str = "Ranges of election timeouts, one in each line";
pub const LAB_SERVERS: &str = "Servers";
pub const LAB_DOWN: &str = "Servers down";
pub const LAB_LATENCY: &str = "One-way latency, as a share of the range of timeouts";
pub const LAB_AGAINST: &str = "Against";
pub const LAB_SCRIPT: &str = "Script of each trial";
pub const LAB_VARIANTS: &str = "Settings of each series, one series in each line";
pub const LAB_QUANTITY: &str = "Measure";
pub const LAB_TRIALS: &str = "Trials of each series";
pub const LAB_SEED: &str = "Seed";
pub const LAB_RUN: &str = "Run the experiment";
pub const LAB_CANCEL: &str = "Cancel";
pub const LAB_PROGRESS: &str = "Trials";
pub const LAB_RESULTS: &str = "Results";
pub const LAB_TABLE: &str = "Table of results";
pub const LAB_DOWNLOADS: &str = "Download";
pub const LAB_PUBLISHED: &str = "published";
pub const LAB_PLOT: &str = "Plot of the results";
pub const LAB_RUNNING: &str = "already running";
pub const LAB_NOT_RUNNING: &str = "no experiment is running";
pub const LAB_PNG_FAILED: &str = "Your browser did not draw the picture. Download the SVG instead.";
pub const LAB_KEY_PUBLISHED: &str = "Rings and dotted lines: published values.";
pub const LAB_KEY_PUBLISHED_MEANS: &str = "Rings: the averages that the published figure marks.";
pub const LAB_KEY_CLOSED_FORM: &str = "Rings: the closed form.";
pub const LAB_REPEAT: &str = "This command prints the same figures, on all cores of your machine:";
pub const LAB_COMMAND: &str = "Command";
pub const LAB_COPY: &str = "Copy the command";
pub const LAB_COPIED: &str = "Copied.";
pub const LAB_COPY_FAILED: &str =
    "Your browser did not allow the copy. Select the command and copy it.";

pub fn experiment_kind(kind: ExperimentKind) -> &'static str {
    match kind {
        ExperimentKind::Elections => "Time without a leader (figure 16)",
        ExperimentKind::WideArea => "Elections in a wide-area network",
        ExperimentKind::SplitVotes => "Split votes",
        ExperimentKind::Availability => "Availability and commit latency",
        ExperimentKind::Custom => "An experiment of your own",
    }
}

/// What an experiment measures, what to look for in its results, and where published ones are from.
pub fn experiment_means(kind: ExperimentKind) -> &'static [&'static str] {
    match kind {
        ExperimentKind::Elections => &[
            "Five servers whose logs differ, so that two of the four that remain cannot win. The \
             leader crashes between two heartbeats. Each trial measures how long it takes until \
             all live servers follow a new leader.",
            "Look at the width of the ranges. Without randomness the vote splits again and again: \
             the published median is 41 s. With five milliseconds of it, it is 0.3 s. A step in a \
             curve is a split vote: the servers wait for another timeout.",
            "The published curves were measured with LogCabin on five real servers. The delays of \
             our simulated ones are fitted to these curves.",
        ],
        ExperimentKind::WideArea => &[
            "Five servers, 30 to 40 ms apart, with election timeouts of 300 to 600 ms. All timers \
             start at once. Each trial measures how long it takes until a leader wins that then \
             lasts 16 rounds of heartbeats.",
            "Look at the steps. With two servers down, a leader needs the votes of all three \
             that remain. A third of these elections split and take one more timeout.",
            "The published figures come from a simulator too (section 9.4 of the dissertation).",
        ],
        ExperimentKind::SplitVotes => &[
            "One election per trial, in which all timers start at once. The vote splits if too \
             many servers become candidates before they hear of the first one.",
            "Look at the servers that are down. Each of them takes away a vote that could be \
             spared, and a cluster with a bare majority splits its vote far more often.",
            "The rings are a closed form (section 9.2 of the dissertation), exact for a fixed \
             latency. The trials run the whole algorithm, so the two check each other.",
        ],
        ExperimentKind::Availability => &[
            "A minute in which three clients send 20 commands a second, and the leader crashes \
             every five seconds and restarts two seconds later. The availability is the share of \
             commands that are answered within a second. A commit takes from the moment at which \
             a leader appends an entry until it commits it.",
            "Look at what each setting costs. Each commit takes a round trip, so latency slows \
             all of them. Loss slows some commits a lot, and delays elections. More servers cost \
             next to nothing. A single server has nobody to take over.",
        ],
        ExperimentKind::Custom => &[
            "Your script runs to its end in each trial, with another seed. Each line of settings \
             makes a series: settings of the language, with ; between them.",
            "Without any line there is one series, the script as written.",
        ],
    }
}

/// What a plot shows, for people who do not see it.
pub fn plot_name(plot: &Plot, finding: &str) -> String {
    format!("{LAB_PLOT}: {} over {}. {finding}", plot.y_label, plot.x_label)
}

/// The name of the files to download, without its ending.
pub fn lab_file(kind: ExperimentKind) -> String {
    format!("raftarium-{}", kind.name())
}

pub fn lab_progress(progress: &LabProgress) -> String {
    let LabProgress { done, trials, elapsed_ms, workers, failure, .. } = progress;
    let seconds = *elapsed_ms as f64 / 1e3;
    let workers = match workers {
        1 => "one worker".to_owned(),
        many => format!("{many} workers"),
    };
    match failure {
        Some(failure) => format!("Stopped after {done} of {trials} trials: {failure}."),
        None if done == trials => {
            format!("All {trials} trials ran in {seconds:.1} s, in {workers}.")
        }
        None => format!("{done} of {trials} trials, in {workers}…"),
    }
}

pub fn lab_cancelled(progress: &LabProgress) -> String {
    format!("You cancelled after {} of {} trials.", progress.done, progress.trials)
}

pub fn trials_failed(series: &SeriesResults) -> String {
    let SeriesResults { name, failed, done, failure, .. } = series;
    let failure = failure.as_deref().unwrap_or_default();
    format!("{name}: {failed} of {done} trials failed. The first: {failure}.")
}

/// What one sees, in a sentence or two.
pub fn lab_finding(results: &ExperimentResults) -> String {
    let series = &results.series;
    match &results.experiment.design {
        Design::Elections(timeouts) => {
            let compared = timeouts.iter().zip(series).filter_map(|(timeout, series)| {
                let median = first(series)?.median()?;
                Some((median / published(*timeout)?.curve.median() - 1.0).abs())
            });
            let farthest = compared.fold(0.0f64, f64::max);
            let off = format!(
                " Our medians are at most {:.0} % off the published ones.",
                farthest * 100.0
            );
            medians(series, "median time without a leader", " ms")
                + if farthest > 0.0 { &off } else { "" }
        }
        Design::WideArea => {
            let of_series = |(series, known): (&SeriesResults, &PublishedElections)| {
                let mean = first(series)?.mean()?;
                let (marked, _) = known.marked_mean;
                let stated = known.stated_mean.map(|stated| format!(", in the text {stated}"));
                let stated = stated.unwrap_or_default();
                let name = &series.name;
                Some(format!("{name} {mean:.0} ms (published {marked}{stated})"))
            };
            let means: Vec<String> =
                series.iter().zip(&PUBLISHED_ELECTIONS).filter_map(of_series).collect();
            format!("The mean time until a lasting leader: {}.", means.join("; "))
        }
        Design::SplitVotes(cases) => {
            let off = cases.iter().zip(series).filter_map(|(case, series)| {
                Some((first(series)?.mean()? - case.closed_form()).abs())
            });
            let off = off.fold(0.0f64, f64::max) * 100.0;
            format!(
                "The measured shares are at most {off:.2} percentage points from the closed form."
            )
        }
        Design::Availability(_) => {
            let ends = [series.first(), series.last()];
            let of_series = |series: &SeriesResults| {
                let (answered, commits) = (first(series)?.mean()?, series.distributions.get(1)?);
                let commit =
                    commits.median().map(|ms| format!(", the median commit takes {ms:.0} ms"));
                let share = answered * 100.0;
                let name = &series.name;
                Some(format!(
                    "With {name}, {share:.1} % of the commands are answered in time{}.",
                    commit.unwrap_or_default()
                ))
            };
            let ends = ends.into_iter().flatten().filter_map(of_series);
            ends.collect::<Vec<_>>().join(" ")
        }
        Design::Custom { quantities, .. } => {
            let quantity = quantities.first();
            let name = quantity.map_or("", |quantity| quantity.name());
            let unit = match quantity.map_or("", |quantity| quantity.unit()) {
                "" => String::new(),
                unit => format!(" {unit}"),
            };
            medians(series, &format!("median of {name}"), &unit)
        }
    }
}

fn first(series: &SeriesResults) -> Option<&Distribution> {
    series.distributions.first()
}

/// The lowest and the highest median.
fn medians(series: &[SeriesResults], what: &str, unit: &str) -> String {
    let of_series = |series: &'_ SeriesResults| {
        let median = first(series)?.median()?;
        Some((median, series.name.clone()))
    };
    let mut known: Vec<(f64, String)> = series.iter().filter_map(of_series).collect();
    known.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    match (known.first(), known.last()) {
        (Some((low, first)), Some((high, last))) if known.len() > 1 => format!(
            "The {what} is lowest with {first}, {}{unit}, and highest with {last}, {}{unit}.",
            rounded(*low),
            rounded(*high)
        ),
        (Some((median, _)), _) => format!("The {what} is {}{unit}.", rounded(*median)),
        _ => "No trial has measured anything.".to_owned(),
    }
}

fn rounded(value: f64) -> String {
    let digits = if value >= 20.0 { 0 } else { 2 };
    let scale = 10f64.powi(digits);
    number((value * scale).round() / scale)
}
