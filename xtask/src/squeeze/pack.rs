//! The program packed as LZMA, which is a sixth less to download than what servers do of their own
//! accord, with the unpacker (`unpack/`) beside it. boot.js puts the two together.

use super::Page;
use super::names::Names;
use super::program;
use crate::page::{integrity, name_hash};
use crate::project;
use anyhow::{Context, Result, anyhow, bail};
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use std::fs;
use std::io::Write;
use std::path::Path;
use unpack::Refused;
use wasmparser::{BinaryReader, OperatorsReader};

/// Replaces the program's file by its packed one and the unpacker, in the folder and in the page.
pub fn pack(page: &mut Page<'_>, program: &Path) -> Result<()> {
    let plain = fs::read(program)?;
    let packed = packed(&plain)?;
    let unpacker = program::squeezed(&compile_unpacker()?, &Names::of_glue(""))?;
    let file = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let old = file(program).context("the program has no name")?;
    let stem = old.split('-').next().unwrap_or(&old);
    let parts = [
        (format!("{stem}-{}.lzma", name_hash(&packed)), packed),
        (format!("unpack-{}.wasm", name_hash(&unpacker)), unpacker),
    ];
    page.html = with_parts(&page.html, &old, &integrity(&plain), &parts)?;
    for (name, bytes) in parts {
        fs::write(page.dir.join(name), bytes)?;
    }
    fs::remove_file(program)?;
    Ok(())
}

/// The page's text with the program's preload replaced by one for each of the parts.
fn with_parts(
    html: &str,
    program: &str,
    integrity_of_program: &str,
    parts: &[(String, Vec<u8>)],
) -> Result<String> {
    let lacks = || anyhow!("index.html does not preload {program}");
    let name = html.find(&format!("/{program}\"")).with_context(lacks)?;
    let start = html[..name].rfind("<link").with_context(lacks)?;
    let end = name + html[name..].find('>').with_context(lacks)? + 1;
    let preload = &html[start..end];
    if !preload.contains(integrity_of_program) {
        bail!("index.html knows another {program}");
    }
    let preloads = parts.iter().map(|(name, bytes)| {
        let preload =
            preload.replace(program, name).replace(integrity_of_program, &integrity(bytes));
        match name.ends_with(".wasm") {
            true => preload,
            false => preload.replace(" type=\"application/wasm\"", ""),
        }
    });
    Ok([&html[..start], &preloads.collect::<String>(), &html[end..]].concat())
}

/// The module taken apart, as `.lzma`.
fn packed(module: &[u8]) -> Result<Vec<u8>> {
    let bytes = unpack::split(module).map_err(|refused| named(refused, module))?;
    // Measured on the program of 755 kB.
    let options = LzmaOptions {
        dict_size: u32::try_from(bytes.len())?.max(lzma_rust2::DICT_SIZE_MIN),
        lc: 1,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len: LzmaOptions::NICE_LEN_MAX,
        mf: MfType::Bt4,
        depth_limit: 1_000,
        preset_dict: None,
    };
    let mut writer =
        LzmaWriter::new_use_header(Vec::new(), &options, Some(bytes.len().try_into()?))?;
    writer.write_all(&bytes)?;
    let packed = writer.finish()?;
    if !unpacked(&packed).is_ok_and(|again| again == module) {
        bail!("what was packed does not come out again");
    }
    Ok(packed)
}

/// What the page will make of it.
fn unpacked(packed: &[u8]) -> Result<Vec<u8>, unpack::Damaged> {
    let mut apart = vec![0; unpack::length(packed)?];
    unpack::unpack(packed, &mut apart)?;
    let mut module = vec![0; unpack::joined_length(&apart)?];
    unpack::join(&apart, &mut module)?;
    Ok(module)
}

/// Why a module is refused, with the name of what the page's own unpacker does not know.
fn named(refused: Refused, module: &[u8]) -> anyhow::Error {
    let Refused::Unknown(at) = refused else { return refused.into() };
    let instruction = OperatorsReader::new(BinaryReader::new(&module[at..], at)).read();
    anyhow!("unpack/src/body.rs does not know {instruction:?}, at byte {at} of the program")
}

fn compile_unpacker() -> Result<Vec<u8>> {
    let mut cargo = project::cargo();
    cargo.args(["build", "--release", "--target", project::WASM_TARGET]);
    cargo.args(["--package", "unpack", "--lib"]);
    if !cargo.status()?.success() {
        bail!("the unpacker does not compile");
    }
    let folder = project::target_dir().join(project::WASM_TARGET).join("release");
    fs::read(folder.join("unpack.wasm")).context("cargo made no unpack.wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_smaller_and_comes_out_again() {
        for bytes in [&b""[..], b"a", &[7; 100_000]] {
            let packed = packed(bytes).unwrap();
            assert!(packed.len() < 100, "{}", packed.len());
        }
    }

    #[test]
    fn each_part_is_preloaded_in_place_of_the_program() {
        let html = "<link href=\"./a.js\"><link rel=\"preload\" href=\"./p-1_bg.wasm\" \
                    integrity=\"old\" type=\"application/wasm\"></head>";
        let parts =
            [("p-2.lzma".to_owned(), b"packed".to_vec()), ("u-3.wasm".to_owned(), b"u".to_vec())];
        let page = with_parts(html, "p-1_bg.wasm", "old", &parts).unwrap();
        let (packed, unpacker) = (integrity(b"packed"), integrity(b"u"));
        let expected = format!(
            "<link href=\"./a.js\"><link rel=\"preload\" href=\"./p-2.lzma\" \
             integrity=\"{packed}\"><link rel=\"preload\" href=\"./u-3.wasm\" \
             integrity=\"{unpacker}\" type=\"application/wasm\"></head>"
        );
        assert_eq!(page, expected);
        assert!(with_parts(html, "q_bg.wasm", "old", &parts).is_err());
        assert!(with_parts(html, "p-1_bg.wasm", "another", &parts).is_err());
    }
}
