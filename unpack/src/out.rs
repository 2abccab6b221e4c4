//! What is unpacked so far.

use crate::Damaged;

pub struct Out<'a> {
    bytes: &'a mut [u8],
    done: usize,
}

impl<'a> Out<'a> {
    pub fn new(bytes: &'a mut [u8]) -> Self {
        Out { bytes, done: 0 }
    }

    pub fn position(&self) -> usize {
        self.done
    }

    pub fn is_full(&self) -> bool {
        self.done == self.bytes.len()
    }

    /// The byte so far back; 0 is for the last one.
    pub fn back(&self, distance: usize) -> Option<u8> {
        self.bytes.get(self.done.checked_sub(distance)?.checked_sub(1)?).copied()
    }

    pub fn push(&mut self, byte: u8) -> Result<(), Damaged> {
        *self.bytes.get_mut(self.done).ok_or(Damaged)? = byte;
        self.done += 1;
        Ok(())
    }

    /// Repeats what is so far back, which may be what it has just written.
    pub fn repeat(&mut self, distance: usize, length: usize) -> Result<(), Damaged> {
        for _ in 0..length {
            self.push(self.back(distance).ok_or(Damaged)?)?;
        }
        Ok(())
    }

    /// Writes another byte in place of the last one.
    pub fn correct(&mut self, byte: u8) {
        if let Some(last) = self.done.checked_sub(1).and_then(|last| self.bytes.get_mut(last)) {
            *last = byte;
        }
    }

    pub fn extend(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        bytes.iter().try_for_each(|byte| self.push(*byte))
    }

    /// Moves what begins there, to tell its length before it, as WebAssembly writes a number.
    #[inline(never)]
    pub fn tell_length(&mut self, start: usize) -> Result<(), Damaged> {
        let end = self.done;
        let length = end - start;
        let mut rest = length;
        while rest >= 0x80 {
            self.push(0)?;
            rest >>= 7;
        }
        self.push(0)?;
        let by = self.done - end;
        let moved = self.bytes.get_mut(start..self.done).ok_or(Damaged)?;
        for at in (0..length).rev() {
            if let (Some(byte), Some(place)) = (moved.get(at).copied(), moved.get_mut(at + by)) {
                *place = byte;
            }
        }
        rest = length;
        for byte in moved {
            *byte = rest as u8 | 0x80;
            rest >>= 7;
            if rest == 0 {
                *byte &= 0x7f;
                break;
            }
        }
        Ok(())
    }
}
