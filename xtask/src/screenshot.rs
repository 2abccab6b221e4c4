//! `cargo xtask screenshot`: pictures of the page.

use crate::browser;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::env;
use std::fs;
use std::path::PathBuf;

#[derive(Args)]
pub struct Options {
    /// The folder for the pictures
    #[arg(value_name = "OUT_DIR")]
    out_dir: PathBuf,
    /// How long the page runs before each picture, in seconds
    #[arg(long, value_name = "S", default_value_t = 4.0)]
    after: f64,
    /// Instead, a picture of each step of each lesson
    #[arg(long)]
    lessons: bool,
}

pub fn run(options: &Options) -> Result<()> {
    let out_dir = env::current_dir()?.join(&options.out_dir);
    fs::create_dir_all(&out_dir).with_context(|| format!("cannot make {}", out_dir.display()))?;
    browser::ensure_chromium(browser::on_ci())?;
    let (dist, _) = browser::build_page()?;
    let pictures = match options.lessons {
        true => "screenshot::pictures_of_the_lessons",
        false => "screenshot::pictures_of_the_page",
    };
    let mut take = browser::one_test(&dist, pictures);
    take.env("RAFTARIUM_PICTURES", &out_dir);
    take.env("RAFTARIUM_PICTURES_AFTER_S", options.after.to_string());
    if !take.status()?.success() {
        bail!("the pictures could not be taken");
    }
    println!("The pictures are in {}", out_dir.display());
    Ok(())
}
