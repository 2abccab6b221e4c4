//! The program: compiled to WebAssembly, bound to JavaScript, preloaded.

use super::asset::{self, Stage};
use super::html::Tag;
use crate::{project, wasm_bindgen};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Builds what `<link data-trunk rel="rust">` names and puts it into the stage.
/// Returns the preloads for the page's head.
pub fn add(tag: &Tag, stage: &Stage, release: bool) -> Result<String> {
    let name = tag.get("data-bin").context("index.html: the rust link lacks data-bin")?;
    let wasm = compile(name, release)?;
    let bound = project::target_dir().join("xtask/bound");
    super::empty(&bound)?;
    wasm_bindgen::bind(&wasm, &bound, name)?;

    let stem = format!("{name}-{}", asset::name_hash(&fs::read(&wasm)?));
    let mut preloads =
        preload_module(&bound.join(format!("{name}.js")), &format!("{stem}.js"), stage)?;
    preloads += &add_snippets(&bound, stage)?;
    let program = bound.join(format!("{name}_bg.wasm"));
    preloads += &preload_wasm(&program, &format!("{stem}_bg.wasm"), stage)?;
    Ok(preloads)
}

/// Compiles the program; returns the path of its wasm file.
fn compile(name: &str, release: bool) -> Result<PathBuf> {
    let mut cargo = project::cargo();
    cargo.args(["build", "--target", project::WASM_TARGET, "--bin", name]);
    // As index.html tells Trunk.
    cargo.args(["--no-default-features", "--features", "page"]);
    if release {
        cargo.arg("--release");
    }
    if !cargo.status()?.success() {
        bail!("the page's program does not compile");
    }
    let profile = if release { "release" } else { "debug" };
    Ok(project::target_dir().join(project::WASM_TARGET).join(profile).join(format!("{name}.wasm")))
}

fn preload_module(from: &Path, name: &str, stage: &Stage) -> Result<String> {
    let integrity = place(from, name, stage)?;
    let url = format!("{}{name}", stage.public_url);
    Ok(format!(
        "<link rel=\"modulepreload\" href=\"{url}\" crossorigin=\"anonymous\" \
         integrity=\"{integrity}\">"
    ))
}

fn preload_wasm(from: &Path, name: &str, stage: &Stage) -> Result<String> {
    let integrity = place(from, name, stage)?;
    let url = format!("{}{name}", stage.public_url);
    Ok(format!(
        "<link rel=\"preload\" href=\"{url}\" crossorigin=\"anonymous\" \
         integrity=\"{integrity}\" as=\"fetch\" type=\"application/wasm\">"
    ))
}

/// The pieces of JavaScript that crates bring along; each is a module of its own.
fn add_snippets(bound: &Path, stage: &Stage) -> Result<String> {
    let mut preloads = String::new();
    let mut folders = vec![PathBuf::from("snippets")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(bound.join(&folder)) else {
            continue;
        };
        let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        for path in names.iter().map(|name| folder.join(name)) {
            if bound.join(&path).is_dir() {
                folders.push(path);
                continue;
            }
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            preloads += &preload_module(&bound.join(&path), &parts.join("/"), stage)?;
        }
    }
    Ok(preloads)
}

/// Copies a file into the stage; returns its integrity.
fn place(from: &Path, name: &str, stage: &Stage) -> Result<String> {
    let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    let to = stage.dir.join(name);
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, &bytes)?;
    Ok(asset::integrity(&bytes))
}
