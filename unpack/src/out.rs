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
}
