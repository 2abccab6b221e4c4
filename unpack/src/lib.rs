//! Unpacks a `.lzma` file that tells its length and has no mark at its end: the page downloads its
//! program so, and no browser knows the format. What is in the file is the program taken apart, all
//! that is of one kind together, which packs a tenth smaller: this joins it again. The way through a
//! function's body is one piece of code for both directions (`body.rs`), so they cannot disagree.
//!
//! The decoder is our own because it is downloaded, too: 1.5 kB after gzip, and 1.1 kB to join. What
//! the crate `lzma-rust2`, with which `xtask` packs, has for it comes to 11.1 kB, more than a tenth of
//! what packing gains. For the same reason nothing here can panic: text about panics came to 1.7 kB.

#![cfg_attr(target_arch = "wasm32", no_std)]

mod apart;
mod body;
mod chances;
mod decoder;
mod join;
mod out;
#[cfg(target_arch = "wasm32")]
mod page;
mod range;
#[cfg(not(target_arch = "wasm32"))]
mod split;

use decoder::Decoder;
pub use join::{join, joined_length};
#[cfg(not(target_arch = "wasm32"))]
pub use split::{Refused, split};

/// What was to be unpacked is not what was packed: cut, changed, or something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// The properties, the size of the dictionary, the length of what was packed.
const HEADER: usize = 1 + 4 + 8;

/// How long that is unpacked.
pub fn length(packed: &[u8]) -> Result<usize, Damaged> {
    let length = packed.get(5..HEADER).and_then(|bytes| bytes.try_into().ok()).ok_or(Damaged)?;
    u64::from_le_bytes(length).try_into().map_err(|_| Damaged)
}

/// Unpacks into `out`, which must have the [`length`] that `packed` tells.
pub fn unpack(packed: &[u8], out: &mut [u8]) -> Result<(), Damaged> {
    // The size of the dictionary is for those who do not keep all that they unpacked.
    match packed.split_at_checked(HEADER) {
        Some(([properties, ..], rest)) if length(packed)? == out.len() => {
            Decoder::new(*properties, rest, out)?.decode()
        }
        _ => Err(Damaged),
    }
}
