//! What is packed: a module with its functions taken apart, for what is of one kind packs better.
//! First the lengths: of the module, of what comes before its functions, and of each stream. Then
//! what comes before, the streams, and what comes after.

use crate::Damaged;
use crate::body::stream;

/// How many lengths there are.
const LENGTHS: usize = 2 + stream::COUNT;

/// A module whose functions are apart.
pub struct Apart<'a> {
    pub before: &'a [u8],
    pub streams: [&'a [u8]; stream::COUNT],
    pub after: &'a [u8],
}

impl<'a> Apart<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, Damaged> {
        let (lengths, mut rest) = bytes.split_at_checked(4 * LENGTHS).ok_or(Damaged)?;
        let (lengths, _) = lengths.as_chunks();
        let mut lengths = lengths.iter().map(|length| u32::from_le_bytes(*length) as usize);
        let mut next = || lengths.next().ok_or(Damaged);
        next()?;
        let before = rest.split_off(..next()?).ok_or(Damaged)?;
        let mut streams = [&[][..]; stream::COUNT];
        for stream in &mut streams {
            *stream = rest.split_off(..next()?).ok_or(Damaged)?;
        }
        Ok(Apart { before, streams, after: rest })
    }

    /// All in one, as [`Apart::read`] takes it, for a module of that length.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn written(&self, length: usize) -> Vec<u8> {
        let lengths = [length, self.before.len()];
        let lengths = lengths.into_iter().chain(self.streams.map(<[u8]>::len));
        let mut bytes: Vec<u8> = lengths.flat_map(|length| (length as u32).to_le_bytes()).collect();
        bytes.extend(self.before);
        self.streams.iter().for_each(|stream| bytes.extend(*stream));
        bytes.extend(self.after);
        bytes
    }
}
