//! The files of the built page, as they stand in a package.

use std::fs;
use std::path::{Path, PathBuf};

const REMEDY: &str = "name the folder of a built page, which `cargo xtask build --release` makes \
                      in `dist`, or the address of a page that is online";

/// The files of the page, below `raftarium/`, sorted by name.
pub(super) fn page_files(dist: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let name = dist.display();
    let has_program = |folder: &Path| {
        let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.any(|entry| entry.path().extension().is_some_and(|ending| ending == "wasm"))
    };
    if !dist.join("index.html").is_file() || !has_program(dist) {
        return Err(format!("{name}: there is no page in this folder: {REMEDY}"));
    }
    let unreadable = |error| format!("{name}: cannot be read: {error}");
    let mut paths = Vec::new();
    collect(dist, &mut paths).map_err(unreadable)?;
    let mut files = Vec::new();
    for path in paths {
        let inside = path.strip_prefix(dist).unwrap_or(&path);
        let inside = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>();
        let bytes = fs::read(&path)
            .map_err(|error| format!("{}: cannot be read: {error}", path.display()))?;
        files.push((format!("raftarium/{}", inside.join("/")), bytes));
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => collect(&path, paths)?,
            false => paths.push(path),
        }
    }
    Ok(())
}
