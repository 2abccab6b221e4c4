//! Raftarium's build commands: `cargo xtask NAME`, one file per command.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

mod browser;
#[path = "shared/browsers.rs"]
mod browsers;
mod build;
mod catalogue;
mod download_size;
mod icons;
mod measure;
mod page;
mod project;
mod screenshot;
mod serve;
mod size;
#[path = "shared/static_server.rs"]
mod static_server;
mod step;
mod test;
mod trunk;
mod wasm_bindgen;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Raftarium's build commands")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page, serve it, open it, and rebuild it when a file changes
    Serve(serve::Options),
    /// Build the page into a folder
    Build(build::Options),
    /// Run the whole gate: format, clippy, docs, tests, page, browser tests
    Test(test::Options),
    /// Print a folder for the PATH in which Trunk finds wasm-bindgen
    Tools,
    /// Measure the page in a real Chromium and compare it with its budgets
    Measure(measure::Options),
    /// Print what the page's program consists of: bytes by module and by function
    Size(size::Options),
    /// Write the list of lessons, challenges and scenarios, and their pictures
    Catalogue,
    /// Draw the icons for installing the page from icons/icon.svg
    Icons,
    /// Take pictures of the page, light and dark, wide and narrow
    Screenshot(screenshot::Options),
}

fn main() -> ExitCode {
    let result = if wasm_bindgen::is_this_program() {
        wasm_bindgen::main()
    } else {
        run(Cli::parse().command)
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(options) => serve::run(&options),
        Command::Build(options) => build::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Tools => wasm_bindgen::print_folder(),
        Command::Measure(options) => measure::run(&options),
        Command::Size(options) => size::run(&options),
        Command::Catalogue => catalogue::run(),
        Command::Icons => icons::run(),
        Command::Screenshot(options) => screenshot::run(&options),
    }
}
