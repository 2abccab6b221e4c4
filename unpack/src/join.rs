//! A module put together again.

use crate::Damaged;
use crate::apart::Apart;
use crate::body::{Ends, I32_CONST, LONG_CONST, LONG_CONST_MAX, pass, stream};
use crate::out::Out;

/// How long the module is that was taken apart so.
pub fn joined_length(apart: &[u8]) -> Result<usize, Damaged> {
    let length = apart.first_chunk().ok_or(Damaged)?;
    u32::from_le_bytes(*length).try_into().map_err(|_| Damaged)
}

/// Puts it together in `out`, which must have the [`joined_length`].
pub fn join(apart: &[u8], out: &mut [u8]) -> Result<(), Damaged> {
    let mut join = Join { apart: Apart::read(apart)?, out: Out::new(out) };
    join.out.extend(join.apart.before)?;
    while !join.apart.streams[stream::CODE].is_empty() {
        let start = join.out.position();
        pass(&mut join)?;
        join.out.tell_length(start)?;
    }
    join.out.extend(join.apart.after)?;
    if join.out.is_full() { Ok(()) } else { Err(Damaged) }
}

struct Join<'a> {
    /// With what is left of each stream.
    apart: Apart<'a>,
    out: Out<'a>,
}

impl Ends for Join<'_> {
    type Error = Damaged;

    fn opcode(&mut self) -> Result<u8, Damaged> {
        let opcode = self.byte(stream::CODE)?;
        if (LONG_CONST..=LONG_CONST_MAX).contains(&opcode) {
            self.out.correct(I32_CONST);
        }
        Ok(opcode)
    }

    #[inline]
    fn byte(&mut self, stream: usize) -> Result<u8, Damaged> {
        let stream = self.apart.streams.get_mut(stream).ok_or(Damaged)?;
        let byte = *stream.split_off_first().ok_or(Damaged)?;
        self.out.push(byte)?;
        Ok(byte)
    }

    fn alignment(&mut self, natural: u8) -> Result<(), Damaged> {
        self.out.push(natural)
    }

    fn unknown(&self) -> Damaged {
        Damaged
    }
}
