//! `cargo xtask serve`: `trunk serve` where Trunk is installed, else a small server of our own that
//! rebuilds the page when a file changes.

use crate::static_server::StaticServer;
use crate::{page, project, trunk};
use anyhow::{Context, Result};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime};

#[derive(Args)]
pub struct Options {
    /// The port on 127.0.0.1
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Optimise, as for publication
    #[arg(long)]
    release: bool,
    /// Do not use Trunk even if it is installed
    #[arg(long)]
    no_trunk: bool,
}

/// The page's sources. A change in any of them rebuilds the page.
const WATCHED: [&str; 15] = [
    "src",
    "scenarios",
    "lessons",
    "challenges",
    "pictures",
    "catalogue.tsv",
    "index.html",
    "boot.js",
    "service-worker.js",
    "manifest.webmanifest",
    "raftarium-cluster.js",
    "style.css",
    "styles",
    "icons",
    "Cargo.toml",
];

const WATCH_INTERVAL: Duration = Duration::from_millis(400);

/// Serves until it is interrupted.
pub fn run(options: &Options) -> Result<()> {
    project::ensure_wasm_target()?;
    if !options.no_trunk && trunk::installed() {
        println!("Serving with Trunk");
        return trunk::serve(options.port, !options.no_open, options.release);
    }
    serve_without_trunk(options)
}

fn serve_without_trunk(options: &Options) -> Result<()> {
    let dist = project::root().join("dist");
    let mut seen = modification_times(&watched());
    page::build_without_trunk(&dist, options.release)?;
    let server = StaticServer::start(&dist, "/", options.port).with_context(|| {
        format!("port {} is not available: choose another with --port", options.port)
    })?;
    println!("Raftarium is at {} (Ctrl-C stops it)", server.url());
    if !options.no_open && !open(&server.url()) {
        println!("Open that address in a browser");
    }
    loop {
        thread::sleep(WATCH_INTERVAL);
        let now = modification_times(&watched());
        if now == seen {
            continue;
        }
        seen = now;
        match page::build_without_trunk(&dist, options.release) {
            Ok(()) => println!("Rebuilt: reload the page"),
            Err(error) => eprintln!("error: {error:#}"),
        }
    }
}

fn watched() -> Vec<PathBuf> {
    WATCHED.iter().map(|name| project::root().join(name)).collect()
}

/// Each file below `paths`. A new or deleted file changes the result too.
fn modification_times(paths: &[PathBuf]) -> BTreeMap<PathBuf, SystemTime> {
    let mut files = BTreeMap::new();
    let mut open = paths.to_vec();
    while let Some(path) = open.pop() {
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            open.extend(children(&path));
        } else if let Ok(time) = meta.modified() {
            files.insert(path, time);
        }
    }
    files
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// Opens the address in the default browser. Returns false if the system has no command for that.
fn open(url: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_and_a_deleted_file_are_noticed() {
        let dir = std::env::temp_dir().join(format!("raftarium-watch-{}", std::process::id()));
        page::clear(&dir).unwrap();
        let paths = [dir.clone()];
        let before = modification_times(&paths);
        fs::create_dir(dir.join("a")).unwrap();
        fs::write(dir.join("a/b.rs"), "").unwrap();
        let with = modification_times(&paths);
        assert_ne!(before, with);
        fs::remove_file(dir.join("a/b.rs")).unwrap();
        assert_eq!(modification_times(&paths), before);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn every_file_that_the_page_names_is_watched() {
        let page = fs::read_to_string(project::root().join("index.html")).unwrap();
        let files = page::linked_files(&page);
        assert!(files.contains(&"style.css"), "{files:?}");
        for name in files.iter().chain(&WATCHED) {
            let watched = WATCHED.iter().any(|path| Path::new(name).starts_with(path));
            assert!(watched, "{name} is not watched");
            assert!(project::root().join(name).exists(), "{name} does not exist");
        }
    }
}
