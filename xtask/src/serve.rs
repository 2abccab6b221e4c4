//! `cargo xtask serve`: builds the page, serves it, opens it, and builds again
//! when a file changes. With trunk where trunk is installed, else by itself.

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

/// What `cargo xtask serve` takes.
#[derive(Args)]
pub struct Options {
    /// The port on 127.0.0.1
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Optimise, as for those who will use it
    #[arg(long)]
    release: bool,
    /// Do without trunk even where it is installed
    #[arg(long)]
    no_trunk: bool,
}

/// What makes the page. A change in it builds again.
const WATCHED: [&str; 12] = [
    "src",
    "unpack",
    "lessons",
    "challenges",
    "scenarios",
    "index.html",
    "boot.js",
    "style.css",
    "icon.svg",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
];

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(400);

/// Serves until it is interrupted.
pub fn run(options: &Options) -> Result<()> {
    project::ensure_wasm_target()?;
    if !options.no_trunk && trunk::installed() {
        println!("Serving with trunk");
        return trunk::serve(options.port, !options.no_open, options.release);
    }
    serve_alone(options)
}

fn serve_alone(options: &Options) -> Result<()> {
    let recipe = page::Recipe {
        release: options.release,
        public_url: page::RELATIVE.into(),
        dist: project::root().join("dist"),
    };
    let mut seen = newest(&watched());
    page::make(&recipe)?;
    let server = StaticServer::start(&recipe.dist, "/", options.port).with_context(|| {
        format!("port {} cannot be had: choose another with --port", options.port)
    })?;
    println!("Raftarium is at {} (Ctrl-C ends it)", server.url());
    if !options.no_open && !open(&server.url()) {
        println!("Open that address in a browser");
    }
    loop {
        thread::sleep(LOOK_EVERY);
        let now = newest(&watched());
        if now == seen {
            continue;
        }
        seen = now;
        match page::make(&recipe) {
            Ok(()) => println!("Built again: reload the page"),
            Err(error) => eprintln!("error: {error:#}"),
        }
    }
}

fn watched() -> Vec<PathBuf> {
    WATCHED.iter().map(|name| project::root().join(name)).collect()
}

/// Each file below `paths` with the time of its last change.
fn newest(paths: &[PathBuf]) -> BTreeMap<PathBuf, SystemTime> {
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

/// Opens the address in the person's browser; false where there is no way to.
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
    fn a_new_and_a_removed_file_are_noticed() {
        let dir = std::env::temp_dir().join(format!("raftarium-watch-{}", std::process::id()));
        page::empty(&dir).unwrap();
        let paths = [dir.clone()];
        let before = newest(&paths);
        fs::create_dir(dir.join("a")).unwrap();
        fs::write(dir.join("a/b.rs"), "").unwrap();
        let with = newest(&paths);
        assert_ne!(before, with);
        fs::remove_file(dir.join("a/b.rs")).unwrap();
        assert_eq!(newest(&paths), before);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn every_file_that_the_page_names_is_watched() {
        let page = fs::read_to_string(project::root().join("index.html")).unwrap();
        let marked = page.split('<').filter(|tag| tag.contains(" data-trunk "));
        let names: Vec<_> = marked
            .filter_map(|tag| tag.split_once("href=\"").or(tag.split_once("src=\"")))
            .filter_map(|(_, rest)| rest.split(['"', '/']).next())
            .collect();
        assert!(names.contains(&"style.css"), "{names:?}");
        for name in names {
            assert!(WATCHED.contains(&name), "{name} is not watched");
        }
    }
}
