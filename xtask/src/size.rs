//! `cargo xtask size`: what the page's program consists of. It is built with the names of its
//! functions, in a folder of its own, and is otherwise the program that visitors download.

use crate::{download_size, project, wasm_bindgen};
use anyhow::{Result, bail};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use wasmparser::{KnownCustom, Name, Parser, Payload};

#[derive(Args)]
pub struct Options {
    /// How many names below `raftarium` a sum goes: 2 sums `raftarium::ui::view`
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub depth: usize,
    /// How many lines each table has
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub lines: usize,
}

/// A function's name and its code.
type Function<'a> = (String, &'a [u8]);

pub fn run(options: &Options) -> Result<()> {
    let bytes = fs::read(build()?)?;
    let (functions, data) = sections(&bytes)?;
    let code: Vec<u8> = functions.iter().flat_map(|(_, code)| *code).copied().collect();
    for (name, part) in [("code", code.as_slice()), ("data: texts and tables", data)] {
        println!("{:>9} {:>9}  {name}", part.len(), download_size::gzipped_len(part)?);
    }
    let module = |name: &str| module_of(name, options.depth);
    print_table("by the module that a function names first", &functions, options.lines, &module)?;
    print_table("by function, whatever its types", &functions, options.lines, &without_types)?;
    print_table("the largest functions", &functions, options.lines, &str::to_owned)
}

fn build() -> Result<PathBuf> {
    project::ensure_wasm_target()?;
    let folder = project::target_dir().join("size");
    let status = project::cargo()
        .args(["build", "--profile", "page", "--bin", "page", "--target", project::WASM_TARGET])
        .args(["--no-default-features", "--features", "page", "--target-dir"])
        .arg(&folder)
        .env("CARGO_PROFILE_PAGE_STRIP", "false")
        // These names tell the types that a generic function was compiled for.
        .env("RUSTFLAGS", "-C symbol-mangling-version=v0")
        .status()?;
    if !status.success() {
        bail!("cargo build failed");
    }
    wasm_bindgen::bind(
        &folder.join(project::WASM_TARGET).join("page/page.wasm"),
        &folder.join("bound"),
        "page",
    )?;
    Ok(folder.join("bound/page_bg.wasm"))
}

fn sections(bytes: &[u8]) -> Result<(Vec<Function<'_>>, &[u8])> {
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), BTreeMap::new());
    let mut data: &[u8] = &[];
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(&bytes[body.range()]),
            Payload::DataSection(section) => data = &bytes[section.range()],
            Payload::CustomSection(section) => {
                let KnownCustom::Name(parts) = section.as_known() else { continue };
                for part in parts {
                    let Name::Function(functions) = part? else { continue };
                    for naming in functions {
                        let naming = naming?;
                        names.insert(naming.index, without_hashes(naming.name));
                    }
                }
            }
            _ => {}
        }
    }
    let named = |(index, code)| {
        // wasm-bindgen adds some that have none.
        let name: Option<&String> = names.get(&index);
        (name.cloned().unwrap_or_else(|| "without a name".to_owned()), code)
    };
    Ok(((imported..).zip(bodies).map(named).collect(), data))
}

/// `gzip`: by how much the code shrinks without these functions.
fn print_table(
    title: &str,
    functions: &[Function<'_>],
    lines: usize,
    key: &dyn Fn(&str) -> String,
) -> Result<()> {
    let mut sums: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (name, code) in functions {
        let (bytes, count) = sums.entry(key(name)).or_default();
        (*bytes, *count) = (*bytes + code.len(), *count + 1);
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let zipped_len = |without: Option<&str>| {
        let kept = functions.iter().filter(|(name, _)| Some(key(name).as_str()) != without);
        let kept: Vec<u8> = kept.flat_map(|(_, code)| *code).copied().collect();
        download_size::gzipped_len(&kept)
    };
    let whole = zipped_len(None)?;
    println!("\n{:>9} {:>9} {:>9}  {title}", "bytes", "gzip", "functions");
    for (name, (bytes, count)) in sums.iter().take(lines) {
        let gzip = whole.saturating_sub(zipped_len(Some(name))?);
        println!("{bytes:>9} {gzip:>9} {count:>9}  {name}");
    }
    Ok(())
}

/// `yew[482a77e8b3d28159]::html` is `yew::html`.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 8 => text += rest,
            _ => text = text + "[" + part,
        }
    }
    text
}

fn module_of(name: &str, depth: usize) -> String {
    let start = name.find("raftarium::").unwrap_or_default();
    let path = name[start..].trim_start_matches(['<', '&', '(']).trim_start_matches("mut ");
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let path = &path[..end.unwrap_or(path.len())];
    let kept = if path.starts_with("raftarium::") { depth + 1 } else { 1 };
    path.split("::").take(kept).collect::<Vec<_>>().join("::")
}

/// `Vec<u8>::push` is `Vec<>::push`.
fn without_types(name: &str) -> String {
    let mut text = String::new();
    // `<A as B>::f` starts with a bracket that says which function it is.
    let mut depth = if name.starts_with('<') { -1 } else { 0 };
    for letter in name.chars() {
        depth -= i32::from(letter == '>' && !text.ends_with('-'));
        if depth <= 0 {
            text.push(letter);
        }
        depth = (depth + i32::from(letter == '<')).max(0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_summed_without_hashes_and_types() {
        let hash = "[0123456789abcdef]";
        let name = format!("<a{hash}::Vec<raftarium{hash}::ui::b::C> as d::E<u8>>::f::<[u8]>");
        let name = without_hashes(&name);
        assert_eq!(name, "<a::Vec<raftarium::ui::b::C> as d::E<u8>>::f::<[u8]>");
        assert_eq!(module_of(&name, 2), "raftarium::ui::b");
        assert_eq!(module_of("<&mut yew::html::Scope>::new", 2), "yew");
        assert_eq!(without_types(&name), "<a::Vec<> as d::E<>>::f::<>");
        assert_eq!(without_types("core::map::<u8>::{closure#0}"), "core::map::<>::{closure#0}");
    }
}
