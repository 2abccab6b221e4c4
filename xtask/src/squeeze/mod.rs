//! `cargo xtask squeeze`: makes the files of a built page smaller to download.
//!
//! `cargo xtask build --release` does it, and trunk does it through the hook in Trunk.toml. Nothing
//! that runs changes: functions stand in another order and number their locals otherwise, names that
//! only the two files of the program know are short, and comments and indentation go. The program is
//! taken apart and packed at last. Packed so, it would weigh 7.3 kB more without the order and the
//! numbers, the two files 6.3 kB more without the short names, and all texts 1.3 kB more with their
//! comments.

mod bodies;
mod names;
mod order;
mod pack;
mod program;
mod text;

use crate::page::integrity;
use anyhow::{Context, Result};
use names::Names;
use std::fs;
use std::path::{Path, PathBuf};

/// What trunk calls after a build.
pub fn after_trunk() -> Result<()> {
    let told = |name: &str| std::env::var(name).with_context(|| format!("trunk sets {name}"));
    if told("TRUNK_PROFILE")? == "release" {
        page(Path::new(&told("TRUNK_STAGING_DIR")?))?;
    }
    Ok(())
}

/// Squeezes the page in that folder.
pub fn page(dir: &Path) -> Result<()> {
    let mut page = Page { dir, html: fs::read_to_string(dir.join("index.html"))? };
    let scripts = page.files(".js")?;
    for program in page.files("_bg.wasm")? {
        let glue = PathBuf::from(program.to_string_lossy().replace("_bg.wasm", ".js"));
        let names = Names::of_glue(&fs::read_to_string(&glue)?);
        page.change(&glue, |bytes| Ok(names.shorten(std::str::from_utf8(bytes)?).into()))?;
        page.change(&program, |bytes| program::squeezed(bytes, &names))?;
        pack::pack(&mut page, &program)?;
    }
    for script in scripts {
        page.change(&script, |bytes| Ok(text::script(std::str::from_utf8(bytes)?).into()))?;
    }
    for style in page.files(".css")? {
        page.change(&style, |bytes| Ok(text::style(std::str::from_utf8(bytes)?).into()))?;
    }
    fs::write(dir.join("index.html"), page.html)?;
    Ok(())
}

struct Page<'a> {
    dir: &'a Path,
    html: String,
}

impl Page<'_> {
    /// The files whose name ends so, in a fixed order.
    fn files(&self, end: &str) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.dir)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(end) {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// Rewrites a file, and its integrity in the page.
    fn change(&mut self, path: &Path, how: impl Fn(&[u8]) -> Result<Vec<u8>>) -> Result<()> {
        let before = fs::read(path)?;
        let after = how(&before).with_context(|| format!("cannot squeeze {}", path.display()))?;
        self.html = self.html.replace(&integrity(&before), &integrity(&after));
        fs::write(path, after)?;
        Ok(())
    }
}
