//! `cargo xtask same-page`: the page made with trunk and the page made without
//! must be one page, down to the names and bytes of its files.

use crate::{page, project, trunk};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A path that neither build gets by default.
const PUBLIC_URL: &str = "/some/where/";

/// Builds both ways and compares; without trunk says loudly that it did not.
pub fn run() -> Result<()> {
    if !trunk::installed() {
        println!("SKIPPED same-page: trunk is not installed");
        return Ok(());
    }
    let folder = project::target_dir().join("xtask/same-page");
    let (with, without) = (folder.join("trunk"), folder.join("own"));
    page::empty(&with)?;
    trunk::build(&with, PUBLIC_URL, true)?;
    page::make(&page::Recipe {
        release: true,
        public_url: PUBLIC_URL.into(),
        dist: without.clone(),
    })?;
    compare(&with, &without)?;
    println!("The page made with trunk and the page made without are the same");
    Ok(())
}

fn compare(with: &Path, without: &Path) -> Result<()> {
    let (with, without) = (files(with)?, files(without)?);
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| format!("{:#?}", files.keys());
    if !with.keys().eq(without.keys()) {
        bail!(
            "the two pages have different files.\nWith trunk: {}\nWithout: {}",
            names(&with),
            names(&without)
        );
    }
    for (name, bytes) in &with {
        let other = &without[name];
        if tidy(name, bytes) != tidy(name, other) {
            bail!(
                "{} differs.\nWith trunk:\n{}\nWithout:\n{}",
                name.display(),
                excerpt(bytes),
                excerpt(other)
            );
        }
    }
    Ok(())
}

/// The bytes to compare: of the page's text, lines without the spaces around them,
/// for what stands around a removed tag is nobody's concern.
fn tidy(name: &Path, bytes: &[u8]) -> Vec<u8> {
    if name.extension().is_none_or(|extension| extension != "html") {
        return bytes.to_vec();
    }
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

fn excerpt(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(4000)]).into_owned()
}

/// All files below `folder`, by their path in it.
fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(folder)?.to_owned(), fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("raftarium-{name}-{}", std::process::id()));
        page::empty(&dir).unwrap();
        for (name, text) in files {
            fs::write(dir.join(name), text).unwrap();
        }
        dir
    }

    #[test]
    fn other_bytes_and_other_names_are_told_apart() {
        let one = folder("one", &[("index.html", "<p>\n  x\n"), ("a.js", "1")]);
        let same = folder("same", &[("index.html", "<p>\nx"), ("a.js", "1")]);
        let bytes = folder("bytes", &[("index.html", "<p>\nx"), ("a.js", "2")]);
        let names = folder("names", &[("index.html", "<p>\nx"), ("b.js", "1")]);
        assert!(compare(&one, &same).is_ok());
        let error = compare(&one, &bytes).unwrap_err().to_string();
        assert!(error.starts_with("a.js differs"), "{error}");
        let error = compare(&one, &names).unwrap_err().to_string();
        assert!(error.starts_with("the two pages have different files"), "{error}");
        for dir in [one, same, bytes, names] {
            fs::remove_dir_all(dir).unwrap();
        }
    }
}
