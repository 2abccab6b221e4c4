//! `cargo xtask test`: the whole gate, the same for a person and for CI.

use crate::step::{Outcome, Steps};
use crate::{browser, download_size, page, project, trunk};
use anyhow::{Result, bail};
use clap::Args;
use std::process::Command;

/// The path at which the browser tests serve the page.
const PUBLIC_URL: &str = "/some/where/";

#[derive(Args)]
pub struct Options {
    /// Install missing browsers (as root, with apt-get); on CI this is the default
    #[arg(long)]
    install: bool,
}

/// Takes every step in turn, the cheap ones first.
pub fn run(options: &Options) -> Result<()> {
    let mut steps = Steps::default();
    steps.take("wasm target", || project::ensure_wasm_target().map(|()| Outcome::Passed))?;
    let may_install = options.install || browser::on_ci();
    steps.take("chromium", || browser::ensure_chromium(may_install).map(|()| Outcome::Passed))?;
    check_sources(&mut steps)?;
    steps.run("native tests", &mut cargo(&["test", "--workspace"]))?;
    steps.take("licences, bans, sources", deny)?;
    test_page(&mut steps, may_install)?;
    steps.print_summary();
    Ok(())
}

fn check_sources(steps: &mut Steps) -> Result<()> {
    const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];
    let target = project::WASM_TARGET;
    let page = ["--target", target, "--no-default-features", "--features", "page"];
    steps.run("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    steps.run("clippy", cargo(&["clippy", "--workspace", "--all-targets"]).args(DENY_WARNINGS))?;
    // `--all-targets` leaves it out, as plain `cargo test` does.
    steps.run("clippy, browser tests", cargo(&["clippy", "--test", "e2e"]).args(DENY_WARNINGS))?;
    steps.run("clippy, page", cargo(&["clippy"]).args(page).args(DENY_WARNINGS))?;
    steps.run(
        "clippy, command line without the page",
        cargo(&["clippy", "--no-default-features", "--features", "cli"]).args(DENY_WARNINGS),
    )?;
    let document = |args: &[&str]| {
        let mut doc = cargo(&["doc", "--no-deps"]);
        doc.args(args).env("RUSTDOCFLAGS", "-D warnings");
        doc
    };
    steps.run("documentation", &mut document(&["--workspace"]))?;
    steps.run("documentation, page", &mut document(&page))
}

/// cargo-deny, as far as it needs no network.
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

fn test_page(steps: &mut Steps, may_install: bool) -> Result<()> {
    let (dist, builder) = steps.make("page", browser::build_page)?;
    println!("The page was built by {builder}");
    steps.take("download size", || download_size::check(&dist).map(|()| Outcome::Passed))?;
    steps.take(&format!("browser tests on the page built by {builder}"), || {
        browser::take_tests(&dist)
    })?;
    steps.take("browser tests in Firefox", || {
        // Chromium is the browser that the gate insists on.
        if let Err(missing) = browser::ensure_firefox(may_install) {
            return Ok(Outcome::Skipped(missing.to_string()));
        }
        if !browser::tests_in_firefox_on(&dist).status()?.success() {
            bail!("the page does not work in Firefox");
        }
        Ok(Outcome::Passed)
    })?;
    let name = format!("trunk build --public-url {PUBLIC_URL}");
    steps.take(&name, || {
        if !trunk::installed() {
            return Ok(Outcome::Skipped("Trunk is not installed".into()));
        }
        let dist = project::target_dir().join("xtask/public-url");
        page::clear(&dist)?;
        trunk::build(&dist, Some(PUBLIC_URL), true)?;
        if !browser::tests_on(&dist).arg("opening").status()?.success() {
            bail!("the page does not open under {PUBLIC_URL}");
        }
        Ok(Outcome::Passed)
    })
}

fn cargo(args: &[&str]) -> Command {
    let mut cargo = project::cargo();
    cargo.args(args);
    cargo
}
