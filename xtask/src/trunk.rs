//! Runs Trunk with our wasm-bindgen on its PATH, so that it downloads nothing.

use crate::{project, wasm_bindgen};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// Whether `trunk` is on the PATH.
pub fn installed() -> bool {
    project::find("trunk").is_some()
}

/// Runs `trunk serve` until it is interrupted.
pub fn serve(port: u16, open: bool, release: bool) -> Result<()> {
    let mut trunk = trunk("serve", release)?;
    trunk.args(["--port", &port.to_string()]);
    if open {
        trunk.arg("--open");
    }
    finish(trunk, "trunk serve")
}

/// Runs `trunk build` into `dist`; without a public URL it takes the one of `Trunk.toml`.
pub fn build(dist: &Path, public_url: Option<&str>, release: bool) -> Result<()> {
    let mut trunk = trunk("build", release)?;
    trunk.arg("--dist").arg(dist);
    if let Some(url) = public_url {
        trunk.args(["--public-url", url]);
    }
    finish(trunk, "trunk build")
}

fn trunk(verb: &str, release: bool) -> Result<Command> {
    let mut trunk = project::command("trunk");
    trunk.arg(verb).env("PATH", wasm_bindgen::path_with_program()?);
    // Trunk accepts only NO_COLOR=true and fails on the common NO_COLOR=1.
    trunk.env_remove("NO_COLOR");
    if release {
        trunk.arg("--release");
    }
    Ok(trunk)
}

fn finish(mut trunk: Command, what: &str) -> Result<()> {
    if !trunk.status()?.success() {
        bail!("{what} failed");
    }
    Ok(())
}
