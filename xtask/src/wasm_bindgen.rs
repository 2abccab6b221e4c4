//! wasm-bindgen as a library, of exactly the version the page is compiled
//! against; and this program standing in for the `wasm-bindgen` command, so that
//! trunk finds that version on the PATH and need not download it.

use crate::project;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// The version of the library, and so of the crate that the page uses. Both are
/// pinned in Cargo.toml, and a test compares them with Cargo.lock.
pub const VERSION: &str = "0.2.129";

/// Writes `NAME.js` and `NAME_bg.wasm` for a page into `out_dir`.
pub fn bind(wasm: &Path, out_dir: &Path, name: &str) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .out_name(name)
        .generate(out_dir)
        .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))
}

/// Whether this program was started under the name `wasm-bindgen`.
pub fn called_by_that_name() -> bool {
    env::args_os()
        .next()
        .and_then(|path| Path::new(&path).file_stem().map(|stem| stem == "wasm-bindgen"))
        .unwrap_or(false)
}

/// What `wasm-bindgen` does, as far as trunk asks for it.
pub fn stand_in() -> Result<()> {
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
                bail!("this stand-in for wasm-bindgen does not know {arg}")
            }
            _ => input = Some(PathBuf::from(&arg)),
        }
    }
    let (Some(out_dir), Some(name), Some(input)) = (out_dir, name, input) else {
        bail!("wasm-bindgen: --out-dir=DIR, --out-name=NAME and a wasm file are needed");
    };
    bind(&input, &out_dir, &name)
}

/// The PATH with a folder in front that has this program as `wasm-bindgen`.
pub fn path_with_stand_in() -> Result<OsString> {
    let mut dirs = vec![folder()?];
    dirs.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    Ok(env::join_paths(dirs)?)
}

/// Prints that folder, for plain trunk: `PATH="$(cargo xtask tools):$PATH" trunk ...`
pub fn print_folder() -> Result<()> {
    println!("{}", folder()?.display());
    Ok(())
}

/// Makes the folder that has this program as `wasm-bindgen`.
fn folder() -> Result<PathBuf> {
    let dir = project::target_dir().join("xtask/bin");
    fs::create_dir_all(&dir)?;
    let stand_in = dir.join(format!("wasm-bindgen{}", env::consts::EXE_SUFFIX));
    // Copied under another name first: a running copy cannot be overwritten.
    let fresh = dir.join(format!("fresh-{}", std::process::id()));
    fs::copy(env::current_exe()?, &fresh)?;
    fs::rename(&fresh, &stand_in)?;
    Ok(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The version that `Cargo.lock` names for `package`.
    fn locked(package: &str) -> String {
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
        assert_eq!(locked("wasm-bindgen"), VERSION);
        assert_eq!(locked("wasm-bindgen-cli-support"), VERSION);
        let trunk = fs::read_to_string(project::root().join("Trunk.toml")).unwrap();
        assert!(trunk.contains(&format!("wasm_bindgen = \"{VERSION}\"")));
    }
}
