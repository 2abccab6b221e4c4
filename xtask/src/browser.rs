//! The browsers, and the browser tests on a built page.

use crate::browsers::{CHROMIUM, FIREFOX, InstalledBrowser};
use crate::{page, project};
use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Builds the optimised page for tests and measurements. Returns its folder and the tool that
/// built it.
pub fn build_page() -> Result<(PathBuf, &'static str)> {
    let dist = project::target_dir().join("xtask/page");
    let builder = page::build(&dist, true)?;
    Ok((dist, builder))
}

/// `cargo test --test e2e` on the page in `dist`.
pub fn tests_on(dist: &Path) -> Command {
    let mut cargo = project::cargo();
    cargo.args(["test", "--test", "e2e"]);
    cargo.env("RAFTARIUM_DIST", dist);
    cargo
}

/// The ignored tests that use the page in Firefox.
pub fn tests_in_firefox_on(dist: &Path) -> Command {
    let mut cargo = tests_on(dist);
    cargo.args(["--", "--ignored", "firefox::"]);
    cargo
}

/// One of the ignored tests: a measurement, the pictures. Shows its output.
pub fn one_test(dist: &Path, name: &str) -> Command {
    let mut cargo = tests_on(dist);
    cargo.args(["--quiet", "--", "--ignored", "--nocapture", "--exact", name]);
    cargo
}

/// Fails where there is no Chromium, and it may not be installed.
pub fn ensure_chromium(may_install: bool) -> Result<()> {
    const PACKAGES: [&str; 2] = ["chromium", "fonts-dejavu-core"];
    ensure(&CHROMIUM, &PACKAGES, may_install)
}

/// Fails where there is no Firefox, and it may not be installed.
pub fn ensure_firefox(may_install: bool) -> Result<()> {
    ensure(&FIREFOX, &["firefox-esr"], may_install)
}

/// Installs the browser where it is missing and `may_install` allows it. Otherwise fails with
/// the package to install.
fn ensure(browser: &InstalledBrowser, packages: &[&str], may_install: bool) -> Result<()> {
    if browser.find().is_some() {
        return Ok(());
    }
    if !(may_install && is_root() && project::find("apt-get").is_some()) {
        bail!("{}", browser.remedy);
    }
    println!("Installing {}", packages.join(", "));
    // Old package lists often suffice, so a failed update is not the end.
    if let Err(error) = apt_get(&["update"]) {
        eprintln!("{error}: continuing with the present package lists");
    }
    let install = ["install", "-y", "--no-install-recommends"];
    apt_get(&[&install, packages].concat())?;
    if browser.find().is_none() {
        bail!("the package was installed, but: {}", browser.remedy);
    }
    Ok(())
}

fn apt_get(args: &[&str]) -> Result<()> {
    // Waits up to ten minutes for another program that installs packages.
    let status = Command::new("apt-get")
        .args(["-q", "-o", "DPkg::Lock::Timeout=600"])
        .args(args)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()?;
    if !status.success() {
        bail!("apt-get {} failed", args.join(" "));
    }
    Ok(())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout == b"0\n")
}

/// Whether this runs on a build server, where nobody can be asked.
pub fn on_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}
