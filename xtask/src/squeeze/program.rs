//! The program's WebAssembly: functions written alike and in another order, short names, no notes.

use super::names::Names;
use super::{bodies, order};
use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, ExportSection, FunctionSection, ImportSection, Module};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, Export, FunctionSectionReader, ImportSectionReader,
    Parser, Payload, TypeRef,
};

/// The same program, smaller when compressed.
pub fn squeezed(wasm: &[u8], names: &Names) -> Result<Vec<u8>> {
    let wasm = &bodies::alike(wasm)?;
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = order::similar_side_by_side(&bodies);
    let mut places = vec![0; order.len()];
    for (place, function) in order.iter().enumerate() {
        places[*function] = place as u32;
    }
    let mut module = Module::new();
    let mut squeezer = Squeezer { names, imported, order, places };
    squeezer
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("the program is not as expected")?;
    Ok(module.finish())
}

struct Squeezer<'a> {
    names: &'a Names,
    /// How many functions are imported; they come before the program's own.
    imported: u32,
    /// The program's own functions in their new order.
    order: Vec<usize>,
    /// Where each of them is then.
    places: Vec<u32>,
}

type Done = Result<(), Error<std::convert::Infallible>>;

impl Reencode for Squeezer<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(match function.checked_sub(self.imported) {
            Some(own) => self.imported + self.places[own as usize],
            None => function,
        })
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Done {
        for import in section.into_imports() {
            let import = import?;
            let ty = self.entity_type(import.ty)?;
            imports.import(import.module, self.names.short(import.name), ty);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Done {
        let index = self.external_index(export.kind, export.index)?;
        let kind = self.export_kind(export.kind)?;
        exports.export(self.names.short(export.name), kind, index);
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Done {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for function in &self.order {
            functions.function(types[*function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Done {
        let bodies: Vec<_> = section.into_iter().collect::<Result<_, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(code, bodies[function].clone())?;
        }
        Ok(())
    }

    /// Notes of the tools that made it.
    fn parse_custom_section(&mut self, _module: &mut Module, _: CustomSectionReader<'_>) -> Done {
        Ok(())
    }
}
