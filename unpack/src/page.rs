//! What boot.js calls. It knows addresses in the memory only, and so this file has what is unsafe.
#![allow(unsafe_code, reason = "JavaScript hands over addresses")]

use crate::Damaged;
use core::arch::wasm32::{memory_grow, memory_size, unreachable};
use core::slice;

const PAGE: usize = 65_536;

/// Makes room for so many bytes: their address, or 0 where there is no more memory.
#[unsafe(no_mangle)]
extern "C" fn reserve(length: usize) -> usize {
    match memory_grow::<0>(length.div_ceil(PAGE)) {
        usize::MAX => 0,
        pages => pages * PAGE,
    }
}

/// Makes room for so many bytes at the very end of the memory.
fn room<'a>(length: usize) -> Result<&'a mut [u8], Damaged> {
    if reserve(length) == 0 {
        return Err(Damaged);
    }
    let start = memory_size::<0>() * PAGE - length;
    // SAFETY: these bytes were reserved a moment ago, all of them 0, and are nobody else's.
    Ok(unsafe { slice::from_raw_parts_mut(start as *mut u8, length) })
}

fn unpacked(packed: &[u8]) -> Result<usize, Damaged> {
    let apart = room(crate::length(packed)?)?;
    crate::unpack(packed, apart)?;
    let out = room(crate::joined_length(apart)?)?;
    crate::join(apart, out)?;
    Ok(out.len())
}

/// Unpacks the module at that address and tells its length. It is then at the very end of the
/// memory. 0 is for what is damaged.
///
/// # Safety
///
/// The bytes are in what [`reserve`] gave.
#[unsafe(no_mangle)]
unsafe extern "C" fn unpack(from: usize, length: usize) -> usize {
    // SAFETY: the caller keeps to what is said above, and nobody else runs meanwhile.
    unpacked(unsafe { slice::from_raw_parts(from as *const u8, length) }).unwrap_or(0)
}

/// Text about a panic would be most of the download, and JavaScript sees that there was one.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unreachable()
}
