//! Raftarium's chores, run as `cargo xtask NAME`: one file a chore.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

mod browser;
mod build;
#[path = "shared/chromium.rs"]
mod chromium;
mod measure;
mod page;
mod project;
mod same_page;
mod screenshot;
mod serve;
mod squeeze;
#[path = "shared/static_server.rs"]
mod static_server;
mod step;
mod test;
mod trunk;
mod wasm_bindgen;
mod weight;

/// What a person types after `cargo xtask`.
#[derive(Parser)]
#[command(name = "cargo xtask", about = "Raftarium's chores")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the page, serve it, open it, and build again when a file changes
    Serve(serve::Options),
    /// Build the page into a folder
    Build(build::Options),
    /// Run the whole gate: format, clippy, docs, tests, page, browser tests
    Test(test::Options),
    /// Build the page with trunk and without, and compare
    SamePage,
    /// Make the files of the page that trunk just built smaller; Trunk.toml calls it
    Squeeze,
    /// Print a folder for the PATH in which plain trunk finds wasm-bindgen
    Tools,
    /// Measure the page's cost in a real Chromium, beside its budgets
    Measure(measure::Options),
    /// Take pictures of the page, light and dark, wide and narrow
    Screenshot(screenshot::Options),
}

fn main() -> ExitCode {
    let outcome = if wasm_bindgen::called_by_that_name() {
        wasm_bindgen::stand_in()
    } else {
        run(Cli::parse().chore)
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> anyhow::Result<()> {
    match chore {
        Chore::Serve(options) => serve::run(&options),
        Chore::Build(options) => build::run(&options),
        Chore::Test(options) => test::run(&options),
        Chore::SamePage => same_page::run(),
        Chore::Squeeze => squeeze::after_trunk(),
        Chore::Tools => wasm_bindgen::print_folder(),
        Chore::Measure(options) => measure::run(&options),
        Chore::Screenshot(options) => screenshot::run(&options),
    }
}
