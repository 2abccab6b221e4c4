//! Builds the page: with Trunk where it is installed, else with cargo and the wasm-bindgen library.
//!
//! The second way exists so that `cargo xtask serve` needs nothing but Rust. It fills in the tags
//! of `index.html` that Trunk would fill in. File names with hashes, integrity checks and a public
//! URL need Trunk.

use crate::{project, trunk, wasm_bindgen};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The binaries: the page's own, and that of the lab, which the page fetches later. Trunk reads
/// both from `index.html`.
const PROGRAMS: [&str; 2] = ["page", "lab"];
/// The feature that they need.
const FEATURE: &str = "page";

/// Replaces the `rel="rust"` link of the page's own program: `boot.js` looks for these two.
const PROGRAM_LINKS: &str = r#"<link rel="modulepreload" href="page.js" crossorigin="anonymous" />
    <link rel="preload" href="page_bg.wasm" crossorigin="anonymous" as="fetch"
          type="application/wasm" />"#;

/// Builds the page into `dist`. Returns the name of the tool that built it.
pub fn build(dist: &Path, release: bool) -> Result<&'static str> {
    project::ensure_wasm_target()?;
    if trunk::installed() {
        clear(dist)?;
        trunk::build(dist, None, release)?;
        return Ok("Trunk");
    }
    build_without_trunk(dist, release)?;
    Ok("cargo xtask, because Trunk is not installed")
}

/// Changes nothing in `dist` if the program does not compile.
pub fn build_without_trunk(dist: &Path, release: bool) -> Result<()> {
    let folder = compile(release)?;
    let source = fs::read_to_string(project::root().join("index.html"))?;
    clear(dist)?;
    for program in PROGRAMS {
        wasm_bindgen::bind(&folder.join(format!("{program}.wasm")), dist, program)?;
    }
    for file in linked_files(&source) {
        let from = project::root().join(file);
        copy(&from, &dist.join(file)).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    fs::write(dist.join("index.html"), fill_in(&source))?;
    Ok(())
}

/// Copies a file, or a folder with its files.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            copy(&from.join(&name), &to.join(&name))?;
        }
        return Ok(());
    }
    to.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::copy(from, to)?;
    Ok(())
}

/// Returns the folder of the programs.
fn compile(release: bool) -> Result<PathBuf> {
    let (profile, folder) = if release { ("page", "page") } else { ("dev", "debug") };
    let mut cargo = project::cargo();
    cargo.args(["build", "--target", project::WASM_TARGET, "--profile", profile]);
    cargo.args(PROGRAMS.iter().flat_map(|program| ["--bin", program]));
    cargo.args(["--no-default-features", "--features", FEATURE]);
    if !cargo.status()?.success() {
        bail!("the page's programs do not compile");
    }
    Ok(project::target_dir().join(project::WASM_TARGET).join(folder))
}

/// The page's text with each `data-trunk` tag replaced.
fn fill_in(source: &str) -> String {
    let filled = tags(source).map(|(before, tag)| match tag {
        _ if !tag.contains("data-trunk") => format!("{before}{tag}"),
        _ if tag.contains("data-type=\"worker\"") => before.to_owned(),
        _ if tag.contains("rel=\"rust\"") => format!("{before}{PROGRAM_LINKS}"),
        // Files that the page names elsewhere, or not at all.
        _ if tag.contains("rel=\"copy-") => before.to_owned(),
        _ => {
            let tag = tag.replace(" data-trunk", "").replace("rel=\"css\"", "rel=\"stylesheet\"");
            format!("{before}{tag}")
        }
    });
    filled.collect()
}

/// The files that the `data-trunk` tags name.
pub fn linked_files(source: &str) -> Vec<&str> {
    let marked = tags(source).filter(|(_, tag)| tag.contains("data-trunk"));
    let named = marked
        .filter_map(|(_, tag)| tag.split_once(" href=\"").or_else(|| tag.split_once(" src=\"")));
    named.filter_map(|(_, rest)| rest.split('"').next()).collect()
}

/// Each tag with the text before it. `index.html` has no `>` inside an attribute.
fn tags(source: &str) -> impl Iterator<Item = (&str, &str)> {
    source.split_inclusive('>').map(|piece| piece.split_at(piece.rfind('<').unwrap_or(0)))
}

/// Makes `folder` an empty folder.
pub fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trunk_tag_of_the_page_is_filled_in() {
        let source = fs::read_to_string(project::root().join("index.html")).unwrap();
        for program in PROGRAMS {
            assert!(source.contains(&format!("data-bin=\"{program}\"")));
        }
        let count = |text: &str| source.matches(text).count();
        assert_eq!(count(&format!("data-cargo-features=\"{FEATURE}\"")), PROGRAMS.len());
        assert_eq!(count("data-cargo-profile-release=\"page\""), PROGRAMS.len());
        let files = linked_files(&source);
        assert!(files.contains(&"style.css") && files.contains(&"boot.js"), "{files:?}");
        let filled = fill_in(&source);
        assert!(!filled.contains("data-"), "{filled}");
        assert!(filled.contains("href=\"page.js\"") && filled.contains("href=\"page_bg.wasm\""));
        assert!(!filled.contains("lab.js"), "{filled}");
        assert!(filled.contains("rel=\"stylesheet\" href=\"style.css\""), "{filled}");
        assert!(files.contains(&"service-worker.js") && files.contains(&"icons"), "{files:?}");
        assert!(files.contains(&"scenarios"), "{files:?}");
        assert!(!filled.contains("copy-file") && !filled.contains("copy-dir"), "{filled}");
    }
}
