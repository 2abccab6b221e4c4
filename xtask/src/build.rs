//! `cargo xtask build`: the page into a folder.

use crate::{page, project};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Options {
    /// Optimise, as for publication
    #[arg(long)]
    pub release: bool,
    /// The folder to fill; its old contents are deleted
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub dist: PathBuf,
}

pub fn run(options: &Options) -> Result<()> {
    let dist = project::root().join(&options.dist);
    let builder = page::build(&dist, options.release)?;
    println!("The page is in {} (built by {builder})", dist.display());
    Ok(())
}
