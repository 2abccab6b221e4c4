//! Chromium for the browser tests, and the tests themselves on a built page.

use crate::{chromium, page, project};
use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The page as the browser gets it in tests and measurements: optimised.
pub fn build_page() -> Result<PathBuf> {
    let dist = project::target_dir().join("xtask/page");
    page::make(&page::Recipe {
        release: true,
        public_url: page::RELATIVE.into(),
        dist: dist.clone(),
    })?;
    Ok(dist)
}

/// `cargo test --test e2e` on the page in `dist`.
pub fn tests_on(dist: &Path) -> Command {
    let mut cargo = project::cargo();
    cargo.args(["test", "--test", "e2e"]);
    cargo.env("RAFTARIUM_DIST", dist);
    cargo
}

/// One of the e2e crate's tests that are left out unless named: the measurement,
/// the pictures. Its own words are shown, the test runner's are not.
pub fn one_test(dist: &Path, name: &str) -> Command {
    let mut cargo = tests_on(dist);
    cargo.args(["--quiet", "--", "--ignored", "--nocapture", "--exact", name]);
    cargo
}

/// Sees to it that there is a Chromium: installs it where this may be done, else
/// fails and says what to install.
pub fn ensure_chromium(may_install: bool) -> Result<()> {
    if chromium::find().is_some() {
        return Ok(());
    }
    if !(may_install && is_root() && project::find("apt-get").is_some()) {
        bail!("{}", chromium::REMEDY);
    }
    println!("Installing the package chromium");
    // Lists that are old, or being fetched by another program, may still do.
    if let Err(error) = apt_get(&["update"]) {
        eprintln!("{error}: going on with the lists that are there");
    }
    apt_get(&["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"])?;
    if chromium::find().is_none() {
        bail!("the package was installed, and still: {}", chromium::REMEDY);
    }
    Ok(())
}

fn apt_get(args: &[&str]) -> Result<()> {
    // Another program may be installing too: wait for it, at most ten minutes.
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

/// Whether this runs where nobody is asked: on a build server.
pub fn on_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}
