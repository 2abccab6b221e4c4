//! `cargo xtask measure`: the page's cost in a real Chromium.

use crate::{browser, download_size};
use anyhow::{Result, bail};
use clap::Args;
use std::env;
use std::path::PathBuf;

/// The measurements, each an ignored browser test. They run one after the other.
const MEASUREMENTS: [&str; 5] = [
    "measure::start::the_cluster_appears_and_elects_a_leader_in_time",
    "measure::cost::the_page_stays_within_its_budgets",
    "measure::frames::the_page_stays_at_sixty_frames_a_second",
    "measure::timeline::the_diagram_of_a_long_run_moves_and_zooms_at_sixty_frames_a_second",
    "measure::time_travel::time_travel_stays_within_its_budgets",
];

#[derive(Args)]
pub struct Options {
    /// Also watch the memory for ten minutes
    #[arg(long)]
    long: bool,
    /// Measure this built page instead of building one
    #[arg(long, value_name = "DIST")]
    dist: Option<PathBuf>,
    /// Measure another built page as well, in turns, and print both with their ratio
    #[arg(long, value_name = "DIST")]
    against: Option<PathBuf>,
    /// Only the measurements whose name contains this: start, cost, frames, timeline,
    /// time_travel
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// Prints the figures beside their budgets. Fails if one is over.
pub fn run(options: &Options) -> Result<()> {
    browser::ensure_chromium(browser::on_ci())?;
    let dist = match &options.dist {
        Some(dist) => env::current_dir()?.join(dist),
        None => browser::build_page()?.0,
    };
    let mut within = true;
    let only = options.only.as_deref().unwrap_or_default();
    for name in MEASUREMENTS.iter().filter(|name| name.contains(only)) {
        let mut measure = browser::one_test(&dist, name);
        if options.long {
            measure.env("RAFTARIUM_MEASURE_LONG", "1");
        }
        if let Some(against) = &options.against {
            measure.env("RAFTARIUM_AGAINST", env::current_dir()?.join(against));
        }
        within &= measure.status()?.success();
    }
    println!();
    download_size::check(&dist)?;
    if !within {
        bail!("the page is over its budget, or could not be measured");
    }
    Ok(())
}
