//! A module taken apart. The page does not do that: only the build does.

use crate::apart::Apart;
use crate::body::{Ends, I32_CONST, LONG_CONST, LONG_CONST_MAX, pass, stream};
use std::fmt;

/// Why a module cannot be taken apart, and at which of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// An instruction is none of those that the page can put together again.
    Unknown(usize),
    /// A load or a store does not hint at its natural alignment, and no other is kept.
    Alignment(usize),
    /// A function does not end where its length says, or its length is not written as short as can be.
    Length(usize),
    /// The module ends too early.
    Cut(usize),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Unknown(at) => write!(f, "byte {at} begins an unknown instruction"),
            Refused::Alignment(at) => write!(f, "byte {at} is not a natural alignment"),
            Refused::Length(at) => write!(f, "byte {at} begins another length than the function's"),
            Refused::Cut(at) => write!(f, "the module is cut at byte {at}"),
        }
    }
}

impl std::error::Error for Refused {}

/// What begins a module: that it is one, and of which version.
const PREAMBLE: usize = 8;
const CODE_SECTION: u8 = 10;

/// Takes a module apart; [`join`](crate::join()) puts it together again.
pub fn split(module: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut split = Split { module, at: PREAMBLE, opcode: 0, streams: Default::default() };
    let mut code = module.len()..module.len();
    while split.at < module.len() && code.is_empty() {
        let section = split.take()?;
        let end = split.end()?;
        if section == CODE_SECTION {
            split.take_number()?;
            code = split.at..end;
            split.bodies(end)?;
        }
        split.at = end;
    }
    let streams = split.streams.each_ref().map(Vec::as_slice);
    let (before, after) = (&module[..code.start], &module[code.end..]);
    Ok(Apart { before, streams, after }.written(module.len()))
}

struct Split<'a> {
    module: &'a [u8],
    at: usize,
    /// Where the last opcode is.
    opcode: usize,
    streams: [Vec<u8>; stream::COUNT],
}

impl Split<'_> {
    fn take(&mut self) -> Result<u8, Refused> {
        let byte = *self.module.get(self.at).ok_or(Refused::Cut(self.at))?;
        self.at += 1;
        Ok(byte)
    }

    fn take_number(&mut self) -> Result<usize, Refused> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take()?;
            number |= usize::from(byte & 0x7f).wrapping_shl(shift);
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
        }
    }

    /// Where that ends whose length is here.
    fn end(&mut self) -> Result<usize, Refused> {
        let length = self.take_number()?;
        let end = self.at.checked_add(length).filter(|end| *end <= self.module.len());
        end.ok_or(Refused::Cut(self.module.len()))
    }

    fn bodies(&mut self, end: usize) -> Result<(), Refused> {
        while self.at < end {
            let start = self.at;
            let end = self.end()?;
            let shortest = (end - self.at).max(1).ilog2() as usize / 7 + 1;
            if self.at - start != shortest {
                return Err(Refused::Length(start));
            }
            pass(self)?;
            if self.at != end {
                return Err(Refused::Length(start));
            }
        }
        if self.at == end { Ok(()) } else { Err(Refused::Length(self.at)) }
    }
}

impl Ends for Split<'_> {
    type Error = Refused;

    fn opcode(&mut self) -> Result<u8, Refused> {
        self.opcode = self.at;
        let mut opcode = self.take()?;
        match opcode {
            I32_CONST => {
                let more = self.module[self.at..].iter().take_while(|byte| **byte >= 0x80).count();
                opcode = match more {
                    0 => I32_CONST,
                    1..=4 => LONG_CONST + more as u8 - 1,
                    _ => return Err(self.unknown()),
                };
            }
            LONG_CONST..=LONG_CONST_MAX => return Err(self.unknown()),
            _ => {}
        }
        self.streams[stream::CODE].push(opcode);
        Ok(opcode)
    }

    fn byte(&mut self, stream: usize) -> Result<u8, Refused> {
        let byte = self.take()?;
        self.streams[stream].push(byte);
        Ok(byte)
    }

    fn alignment(&mut self, natural: u8) -> Result<(), Refused> {
        if self.take()? == natural { Ok(()) } else { Err(Refused::Alignment(self.at - 1)) }
    }

    fn unknown(&self) -> Refused {
        Refused::Unknown(self.opcode)
    }
}
