//! The program taken apart by what is of one kind, and packed as LZMA: a quarter less to download
//! than what servers do of their own accord. `unpack/` takes it apart here and
//! puts it together in the page, where the unpacker lies beside it. boot.js calls it.

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
    // Measured on the program of 755 kB: 216.9 kB with lc = 1, and 0.1 kB more with 2 or 3, 0.8 kB
    // with 4, 2.1 kB with 0. Nothing keeps to a grid: lp = 1 costs 1.7 kB, pb = 1 0.2 kB.
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
    use wasm_encoder::{CodeSection, Function, Instruction, Module};

    /// A module with so many functions that do this.
    fn module(functions: usize, instructions: &[Instruction<'_>]) -> Vec<u8> {
        let mut code = CodeSection::new();
        for _ in 0..functions {
            let mut function = Function::new([]);
            instructions.iter().chain([&Instruction::End]).for_each(|instruction| {
                function.instruction(instruction);
            });
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&code);
        module.finish()
    }

    #[test]
    fn what_is_packed_is_smaller_and_comes_out_again() {
        let constant = Instruction::I32Const(1_000_000);
        for module in
            [module(0, &[]), module(1, &[]), module(10_000, &[constant, Instruction::Drop])]
        {
            let packed = packed(&module).unwrap();
            assert!(packed.len() < 200, "{}", packed.len());
            assert_eq!(unpacked(&packed), Ok(module));
        }
    }

    #[test]
    fn an_instruction_unknown_to_the_unpacker_is_refused_by_name() {
        let module = module(3, &[Instruction::I32Const(1), Instruction::I8x16Splat]);
        let error = packed(&module).unwrap_err().to_string();
        assert!(error.contains("I8x16Splat"), "{error}");
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
