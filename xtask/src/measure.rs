//! `cargo xtask measure`: what the page costs in a real Chromium.

use crate::{browser, weight};
use anyhow::{Result, bail};
use clap::Args;

/// What `cargo xtask measure` takes.
#[derive(Args)]
pub struct Options {
    /// Watch the memory over three minutes as well
    #[arg(long)]
    long: bool,
}

/// Prints the figures beside their budgets; fails when one is over.
pub fn run(options: &Options) -> Result<()> {
    browser::ensure_chromium(browser::on_ci())?;
    let dist = browser::build_page()?;
    let mut measure = browser::one_test(&dist, "measure::the_page_keeps_within_its_budgets");
    if options.long {
        measure.env("RAFTARIUM_MEASURE_LONG", "1");
    }
    let within = measure.status()?.success();
    let travel = "measure_time::time_travel_keeps_within_its_budgets";
    let within = browser::one_test(&dist, travel).status()?.success() && within;
    println!();
    weight::check(&dist)?;
    if !within {
        bail!("the page is over its budget, or could not be measured");
    }
    Ok(())
}
