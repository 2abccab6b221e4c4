//! `cargo xtask catalogue`: writes `catalogue.tsv` and `pictures/` from the lessons, challenges
//! and scenarios. The test that compares them writes them, too, so there is one program for both.

use crate::project;
use anyhow::{Result, bail};
use std::process::Command;

pub fn run() -> Result<()> {
    let mut test = Command::new("cargo");
    test.current_dir(project::root()).env("RAFTARIUM_GOLDEN", "rewrite");
    let status = test.args(["test", "--test", "spec", "catalogue::"]).status()?;
    if !status.success() {
        bail!("a script of the catalogue is wrong: see above");
    }
    Ok(())
}
