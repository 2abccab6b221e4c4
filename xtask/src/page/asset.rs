//! The page's plain files: copied, their names hashed, their integrity stated.

use super::html::Tag;
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where the page is being put together.
pub struct Stage {
    /// The folder of `index.html`.
    pub source: PathBuf,
    /// The folder that becomes the page's.
    pub dir: PathBuf,
    /// What stands before each file's name; ends with a slash.
    pub public_url: String,
}

/// `<link data-trunk rel="css" href="...">`
pub fn css(tag: &Tag, stage: &Stage) -> Result<String> {
    let placed = place_hashed(tag, "href", stage)?;
    let kept = tag.kept(&["href", "rel"], &placed.integrity);
    let url = placed.url;
    Ok(format!("<link rel=\"stylesheet\" href=\"{url}\"{kept}/>"))
}

/// `<link data-trunk rel="icon" href="...">`
pub fn icon(tag: &Tag, stage: &Stage) -> Result<String> {
    let Placed { url, integrity } = place_hashed(tag, "href", stage)?;
    Ok(format!("<link rel=\"icon\" href=\"{url}\" integrity=\"{integrity}\"/>"))
}

/// `<script data-trunk src="..."></script>`
pub fn script(tag: &Tag, stage: &Stage) -> Result<String> {
    let placed = place_hashed(tag, "src", stage)?;
    let kept = tag.kept(&["src"], &placed.integrity);
    Ok(format!("<script src=\"{}\"{kept}></script>", placed.url))
}

/// `<link data-trunk rel="copy-file" href="...">`: the name stays, the tag goes.
pub fn copy_file(tag: &Tag, stage: &Stage) -> Result<String> {
    let from = source_of(tag, "href", stage)?;
    let name = from.file_name().context("copy-file names no file")?;
    let dir = target_dir(tag, stage)?;
    fs::copy(&from, dir.join(name)).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(String::new())
}

/// `<link data-trunk rel="copy-dir" href="...">`: the folder keeps its name.
pub fn copy_dir(tag: &Tag, stage: &Stage) -> Result<String> {
    let from = source_of(tag, "href", stage)?;
    let to = match tag.get("data-target-path") {
        Some(_) => target_dir(tag, stage)?,
        None => stage.dir.join(from.file_name().context("copy-dir names no folder")?),
    };
    copy_tree(&from, &to)?;
    Ok(String::new())
}

/// The SHA-384 of `bytes`, as an integrity attribute states it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The hash that goes into a file's name, so that a changed file has a new one.
/// It is trunk's, so that both builds name the files alike.
pub fn name_hash(bytes: &[u8]) -> String {
    format!("{:x}", seahash::hash(bytes))
}

/// Copies a folder with all it holds.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

struct Placed {
    url: String,
    integrity: String,
}

fn place_hashed(tag: &Tag, attribute: &str, stage: &Stage) -> Result<Placed> {
    let from = source_of(tag, attribute, stage)?;
    let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
    let stem = from.file_stem().unwrap_or_default().to_string_lossy();
    let extension = from.extension().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}-{}.{extension}", name_hash(&bytes));
    fs::write(stage.dir.join(&name), &bytes)?;
    Ok(Placed { url: format!("{}{name}", stage.public_url), integrity: integrity(&bytes) })
}

fn source_of(tag: &Tag, attribute: &str, stage: &Stage) -> Result<PathBuf> {
    match tag.get(attribute) {
        Some(path) if !path.is_empty() => Ok(stage.source.join(path)),
        _ => bail!("index.html: <{} data-trunk> lacks {attribute}", tag.name),
    }
}

fn target_dir(tag: &Tag, stage: &Stage) -> Result<PathBuf> {
    let path = Path::new(tag.get("data-target-path").unwrap_or_default());
    if path.is_absolute() || path.components().any(|part| part == Component::ParentDir) {
        bail!("index.html: data-target-path must stay inside the page's folder");
    }
    let dir = stage.dir.join(path);
    fs::create_dir_all(&dir)?;
    Ok(dir)
}
