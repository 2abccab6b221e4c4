//! `cargo xtask test`: the whole gate, the same for a person and for CI.

use crate::step::{Outcome, Steps};
use crate::{browser, project, same_page, trunk, weight};
use anyhow::{Result, bail};
use clap::Args;
use std::process::Command;

/// What `cargo xtask test` takes.
#[derive(Args)]
pub struct Options {
    /// Install Chromium where it is missing (as root, with apt-get); on CI it is
    /// done unasked
    #[arg(long)]
    install: bool,
}

/// Takes every step in turn; the cheap ones first.
pub fn run(options: &Options) -> Result<()> {
    let mut steps = Steps::default();
    let target = project::WASM_TARGET;
    steps.take("wasm target", || project::ensure_wasm_target().map(|()| Outcome::Passed))?;
    steps.take("chromium", || {
        let may_install = options.install || browser::on_ci();
        browser::ensure_chromium(may_install).map(|()| Outcome::Passed)
    })?;
    steps.run("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    steps.run(
        "clippy",
        &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    // It is no part of "all targets", for plain `cargo test` leaves it out.
    steps.run(
        "clippy for the browser tests",
        &mut cargo(&["clippy", "--test", "e2e", "--", "-D", "warnings"]),
    )?;
    steps.run(
        "clippy for the page",
        cargo(&["clippy", "--target", target, "--package", "raftarium"])
            .args(["--no-default-features", "--features", "page", "--lib", "--bin", "page"])
            .args(["--", "-D", "warnings"]),
    )?;
    steps.run(
        "documentation",
        cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    steps.run("native tests", &mut cargo(&["test", "--workspace"]))?;
    steps.take("licences, bans, sources", deny)?;

    let dist = steps.make("page", browser::build_page)?;
    steps.take("download size", || weight::check(&dist).map(|()| Outcome::Passed))?;
    steps.take("same page with trunk", || {
        if !trunk::installed() {
            return Ok(Outcome::Skipped("trunk is not installed".into()));
        }
        same_page::run().map(|()| Outcome::Passed)
    })?;
    steps.run("browser tests", &mut browser::tests_on(&dist))?;
    steps.summary();
    Ok(())
}

fn cargo(args: &[&str]) -> Command {
    let mut cargo = project::cargo();
    cargo.args(args);
    cargo
}

/// cargo-deny on what needs no network: advisories are left to the workflow.
fn deny() -> Result<Outcome> {
    if project::find("cargo-deny").is_none() {
        let remedy = "cargo-deny is not installed: cargo install --locked cargo-deny";
        return Ok(Outcome::Skipped(remedy.into()));
    }
    let status = cargo(&["deny", "check", "licenses", "bans", "sources"]).status()?;
    if !status.success() {
        bail!("cargo-deny found something");
    }
    Ok(Outcome::Passed)
}
