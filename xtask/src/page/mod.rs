//! Makes the page as trunk makes it, from the same annotated `index.html`:
//! `<link data-trunk ...>` and `<script data-trunk ...>` name the parts.
//!
//! It knows what this page uses (rust, css, icon, copy-file, copy-dir, script)
//! and refuses the rest by name. `cargo xtask same-page` holds it to trunk.

mod asset;
mod html;
mod program;

use crate::{project, squeeze};
use anyhow::{Context, Result, bail};
use asset::Stage;
pub use asset::{integrity, name_hash};
use html::Tag;
use std::fs;
use std::path::{Path, PathBuf};

/// How to make the page.
pub struct Recipe {
    /// Optimise, as for those who will use it.
    pub release: bool,
    /// What stands before each file's name in the page: `./`, `/`, `/raftarium/`.
    pub public_url: String,
    /// The folder to fill. What was in it goes.
    pub dist: PathBuf,
}

/// The default for [`Recipe::public_url`], as in `Trunk.toml`: right under any path.
pub const RELATIVE: &str = "./";

/// Makes the page. The folder changes only once all has succeeded.
pub fn make(recipe: &Recipe) -> Result<()> {
    project::ensure_wasm_target()?;
    let stage_dir = project::target_dir().join("xtask/stage");
    empty(&stage_dir)?;
    let stage = Stage {
        source: project::root().to_owned(),
        dir: stage_dir,
        public_url: with_slash(&recipe.public_url),
    };
    let source =
        fs::read_to_string(stage.source.join("index.html")).context("index.html cannot be read")?;
    let page = fill_in(&source, &stage, recipe.release)?;
    fs::write(stage.dir.join("index.html"), page)?;
    if recipe.release {
        squeeze::page(&stage.dir)?;
    }
    replace(&recipe.dist, &stage.dir)
}

/// The page's text with every annotated tag replaced by what it stands for.
fn fill_in(source: &str, stage: &Stage, release: bool) -> Result<String> {
    let mut page = String::new();
    let mut preloads = String::new();
    let mut rest = source;
    while let Some(found) = html::next_annotated(rest)? {
        page.push_str(&rest[..found.start]);
        page.push_str(&stand_for(&found.tag, stage, release, &mut preloads)?);
        rest = &rest[found.end..];
    }
    page.push_str(rest);
    let Some(end_of_head) = page.find("</head>") else {
        bail!("index.html has no </head>");
    };
    page.insert_str(end_of_head, &preloads);
    Ok(page)
}

fn stand_for(tag: &Tag, stage: &Stage, release: bool, preloads: &mut String) -> Result<String> {
    if tag.name == "script" {
        return asset::script(tag, stage);
    }
    match tag.get("rel").unwrap_or_default() {
        "css" => asset::css(tag, stage),
        "icon" => asset::icon(tag, stage),
        "copy-file" => asset::copy_file(tag, stage),
        "copy-dir" => asset::copy_dir(tag, stage),
        "rust" => {
            *preloads = program::add(tag, stage, release)?;
            Ok(String::new())
        }
        other => bail!(
            "index.html asks for rel=\"{other}\", which cargo xtask does not know: \
             it knows rust, css, icon, copy-file, copy-dir and <script>"
        ),
    }
}

fn with_slash(url: &str) -> String {
    match url {
        "" => "/".into(),
        url if url.ends_with('/') => url.into(),
        url => format!("{url}/"),
    }
}

/// Makes `dir` an empty folder.
pub fn empty(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot empty {}", dir.display()))?;
    }
    fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))
}

/// Moves the finished stage to where the page is wanted.
fn replace(dist: &Path, stage: &Path) -> Result<()> {
    empty(dist)?;
    fs::remove_dir(dist)?;
    if fs::rename(stage, dist).is_ok() {
        return Ok(());
    }
    // Another file system: a folder cannot be moved there, only copied.
    asset::copy_tree(stage, dist)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(name: &str) -> Stage {
        let dir = std::env::temp_dir().join(format!("raftarium-{name}-{}", std::process::id()));
        empty(&dir).unwrap();
        empty(&dir.join("out")).unwrap();
        fs::write(dir.join("a.css"), "p{}").unwrap();
        Stage { source: dir.clone(), dir: dir.join("out"), public_url: "/x/".into() }
    }

    #[test]
    fn a_stylesheet_gets_a_hashed_name_and_an_integrity() {
        let stage = stage("css");
        let page =
            fill_in("<head><link data-trunk rel=\"css\" href=\"a.css\" /></head>", &stage, false)
                .unwrap();
        let name = fs::read_dir(&stage.dir).unwrap().next().unwrap().unwrap();
        let name = name.file_name().into_string().unwrap();
        assert!(name.starts_with("a-") && name.ends_with(".css"), "{name}");
        assert!(page.starts_with(&format!(
            "<head><link rel=\"stylesheet\" href=\"/x/{name}\" integrity=\"sha384-"
        )));
        assert!(page.ends_with("\"/></head>"), "{page}");
        fs::remove_dir_all(&stage.source).unwrap();
    }

    #[test]
    fn an_unknown_part_is_refused_by_name() {
        let stage = stage("unknown");
        let page = "<head><link data-trunk rel=\"sass\" href=\"a.css\"></head>";
        let error = fill_in(page, &stage, false).unwrap_err().to_string();
        assert!(error.contains("rel=\"sass\""), "{error}");
        fs::remove_dir_all(&stage.source).unwrap();
    }

    #[test]
    fn a_public_url_ends_with_a_slash() {
        assert_eq!(with_slash("/x"), "/x/");
        assert_eq!(with_slash("./"), "./");
        assert_eq!(with_slash(""), "/");
    }
}
