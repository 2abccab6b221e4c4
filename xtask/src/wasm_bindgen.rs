//! wasm-bindgen as a library, in exactly the version of the crate that the page uses.
//!
//! A copy of this program under the name `wasm-bindgen` behaves like that command, as far as Trunk
//! uses it. With the copy on the PATH Trunk finds the right version and does not download it.

use crate::project;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// A test compares this with `Cargo.lock` and `Trunk.toml`.
pub const VERSION: &str = "0.2.129";

/// Writes `NAME.js` and `NAME_bg.wasm` into `out_dir`.
pub fn bind(wasm: &Path, out_dir: &Path, name: &str) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .out_name(name)
        .generate(out_dir)
        .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))
}

/// Whether this process was started under the name `wasm-bindgen`.
pub fn is_this_program() -> bool {
    let path = env::args_os().next().unwrap_or_default();
    Path::new(&path).file_stem().is_some_and(|stem| stem == "wasm-bindgen")
}

/// The `wasm-bindgen` command, with the arguments that Trunk gives it.
pub fn main() -> Result<()> {
    let mut out_dir = None;
    let mut name = None;
    let mut input = None;
    for arg in env::args().skip(1) {
        match arg.split_once('=').unwrap_or((&arg, "")) {
            ("--version", _) => {
                println!("wasm-bindgen {VERSION}");
                return Ok(());
            }
            ("--target", "web") | ("--no-typescript", _) => {}
            ("--out-dir", dir) => out_dir = Some(PathBuf::from(dir)),
            ("--out-name", stem) => name = Some(stem.to_owned()),
            (flag, _) if flag.starts_with('-') => {
                bail!("this wasm-bindgen is part of cargo xtask and does not know {arg}")
            }
            _ => input = Some(PathBuf::from(&arg)),
        }
    }
    let (Some(out_dir), Some(name), Some(input)) = (out_dir, name, input) else {
        bail!("wasm-bindgen: --out-dir=DIR, --out-name=NAME and a wasm file are needed");
    };
    bind(&input, &out_dir, &name)
}

/// The PATH with the folder of the `wasm-bindgen` copy in front.
pub fn path_with_program() -> Result<OsString> {
    let mut folders = vec![folder()?];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    Ok(env::join_paths(folders)?)
}

/// `cargo xtask tools`, for `PATH="$(cargo xtask tools):$PATH" trunk ...`.
pub fn print_folder() -> Result<()> {
    println!("{}", folder()?.display());
    Ok(())
}

/// Copies this program into a folder of its own as `wasm-bindgen`.
fn folder() -> Result<PathBuf> {
    let folder = project::target_dir().join("xtask/bin");
    fs::create_dir_all(&folder)?;
    let program = folder.join(format!("wasm-bindgen{}", env::consts::EXE_SUFFIX));
    // A running program cannot be overwritten, but its file can be replaced.
    let copy = folder.join(format!("copy-{}", std::process::id()));
    fs::copy(env::current_exe()?, &copy)?;
    fs::rename(&copy, &program)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked_version(package: &str) -> String {
        let lock = fs::read_to_string(project::root().join("Cargo.lock")).unwrap();
        let entry = lock
            .split("[[package]]")
            .find(|entry| entry.contains(&format!("name = \"{package}\"\n")))
            .unwrap();
        let line = entry.lines().find(|line| line.starts_with("version")).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    }

    #[test]
    fn the_library_the_crate_and_trunk_toml_name_one_version() {
        assert_eq!(locked_version("wasm-bindgen"), VERSION);
        assert_eq!(locked_version("wasm-bindgen-cli-support"), VERSION);
        let trunk = fs::read_to_string(project::root().join("Trunk.toml")).unwrap();
        assert!(trunk.contains(&format!("wasm_bindgen = \"{VERSION}\"")));
    }
}
