//! `cargo xtask build`: the page into a folder.

use crate::{page, project};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// What `cargo xtask build` takes.
#[derive(Args)]
pub struct Options {
    /// What stands before each file's name in the page; ./ works under any path
    #[arg(long, value_name = "URL", default_value = page::RELATIVE)]
    pub public_url: String,
    /// Optimise, as for those who will use it
    #[arg(long)]
    pub release: bool,
    /// The folder to fill; what was in it goes
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub dist: PathBuf,
}

/// Builds the page and says where it is.
pub fn run(options: &Options) -> Result<()> {
    let dist = project::root().join(&options.dist);
    page::make(&page::Recipe {
        release: options.release,
        public_url: options.public_url.clone(),
        dist: dist.clone(),
    })?;
    println!("The page is in {}", dist.display());
    Ok(())
}
