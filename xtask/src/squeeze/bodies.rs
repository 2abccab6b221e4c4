//! Functions written in the same way wherever they do the same: what is alike compresses. The
//! numbers of locals are the compiler's choice, and so is the alignment that a load or a store only
//! hints at; here the local that is used most gets the lowest number, and the hint is the natural one,
//! which the unpacker knows.

use anyhow::{Context, Result};
use std::cmp::Reverse;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Function, Instruction, MemArg, Module, ValType};
use wasmparser::{FunctionBody, Parser, Payload};

/// The same program with its functions written so.
pub fn alike(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut parameters_of_types = Vec::new();
    let mut parameters = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(types) => {
                for ty in types.into_iter_err_on_gc_types() {
                    parameters_of_types.push(ty?.params().len());
                }
            }
            Payload::FunctionSection(functions) => {
                for ty in functions {
                    parameters.push(parameters_of_types[ty? as usize]);
                }
            }
            _ => {}
        }
    }
    let mut module = Module::new();
    Rewriter { parameters: parameters.into_iter() }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("the program is not as expected")?;
    Ok(module.finish())
}

struct Rewriter {
    /// How many parameters the functions to come have: these are locals, too, but keep their numbers.
    parameters: std::vec::IntoIter<usize>,
}

impl Reencode for Rewriter {
    type Error = std::convert::Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let mut types = Vec::new();
        for run in body.get_locals_reader()? {
            let (count, ty) = run?;
            types.extend(vec![self.val_type(ty)?; count as usize]);
        }
        let mut instructions = Vec::new();
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            instructions.push(self.parse_instruction(&mut reader)?);
        }
        let parameters = self.parameters.next().unwrap_or(0);
        let order = most_used_first(parameters, &types, &mut instructions);
        let mut numbers = vec![0; types.len()];
        for (number, local) in order.iter().enumerate() {
            numbers[*local] = (parameters + number) as u32;
        }
        let mut function = Function::new_with_locals_types(order.iter().map(|local| types[*local]));
        for instruction in &mut instructions {
            if let Some(local) = local(instruction) {
                if let Some(own) = (*local as usize).checked_sub(parameters) {
                    *local = numbers[own];
                }
            } else if let Some((argument, natural)) = memory_argument(instruction) {
                argument.align = natural;
            }
            function.instruction(instruction);
        }
        code.function(&function);
        Ok(())
    }
}

/// The locals that are used, those of one type together and the most used first.
fn most_used_first(
    parameters: usize,
    types: &[ValType],
    instructions: &mut [Instruction<'_>],
) -> Vec<usize> {
    let mut uses = vec![0; types.len()];
    let mut met = Vec::new();
    for local in instructions.iter_mut().filter_map(local) {
        if let Some(own) = (*local as usize).checked_sub(parameters) {
            if uses[own] == 0 {
                met.push(own);
            }
            uses[own] += 1;
        }
    }
    let rank = |local: usize| match types[local] {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 | ValType::Ref(_) => 4,
    };
    met.sort_by_key(|local| (rank(*local), Reverse(uses[*local])));
    met
}

fn local<'a>(instruction: &'a mut Instruction<'_>) -> Option<&'a mut u32> {
    match instruction {
        Instruction::LocalGet(local)
        | Instruction::LocalSet(local)
        | Instruction::LocalTee(local) => Some(local),
        _ => None,
    }
}

/// What a load or a store says about its place, and the logarithm of its natural alignment.
fn memory_argument<'a>(instruction: &'a mut Instruction<'_>) -> Option<(&'a mut MemArg, u32)> {
    use Instruction::*;
    Some(match instruction {
        I32Load8S(at) | I32Load8U(at) | I32Store8(at) | I64Load8S(at) | I64Load8U(at)
        | I64Store8(at) => (at, 0),
        I32Load16S(at) | I32Load16U(at) | I32Store16(at) | I64Load16S(at) | I64Load16U(at)
        | I64Store16(at) => (at, 1),
        I32Load(at) | I32Store(at) | F32Load(at) | F32Store(at) | I64Load32S(at)
        | I64Load32U(at) | I64Store32(at) => (at, 2),
        I64Load(at) | I64Store(at) | F64Load(at) | F64Store(at) => (at, 3),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_used_local_of_a_type_comes_first_and_an_unused_one_goes() {
        use Instruction::{LocalGet, LocalSet, LocalTee};
        // Local 0 is a parameter.
        let types = [ValType::I64, ValType::I32, ValType::I32, ValType::I32];
        let mut code = [LocalGet(0), LocalSet(1), LocalTee(2), LocalSet(3), LocalGet(3)];
        assert_eq!(most_used_first(1, &types, &mut code), [2, 1, 0]);
    }
}
