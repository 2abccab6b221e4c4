//! What a visitor downloads: the page's files, compressed as a server sends them.

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use std::path::Path;

/// What a visitor downloads at the most, in bytes after gzip: the gate lets no more pass.
pub const DOWNLOAD_BYTES_MAX: usize = 250_000;

/// Prints each file's size and fails when all together weigh too much. Every
/// file of the folder counts, though a visitor may not need each one.
pub fn check(dist: &Path) -> Result<()> {
    let total = report(dist)?;
    if total > DOWNLOAD_BYTES_MAX {
        bail!("the page downloads {total} bytes after gzip: {DOWNLOAD_BYTES_MAX} are allowed");
    }
    Ok(())
}

/// Prints each file's size, plain and after gzip; returns the sum after gzip.
pub fn report(dist: &Path) -> Result<usize> {
    let mut total = 0;
    let mut folders = vec![dist.to_owned()];
    println!("{:>10} {:>10}  file", "bytes", "gzip -9");
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("there is no page in {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path)?;
            let zipped = gzipped_len(&bytes)?;
            let name = path.strip_prefix(dist)?.display();
            println!("{:>10} {zipped:>10}  {name}", bytes.len());
            total += zipped;
        }
    }
    println!("{:>10} {total:>10}  of {DOWNLOAD_BYTES_MAX} allowed", "");
    Ok(total)
}

fn gzipped_len(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_over_the_limit_fails() {
        let dir = std::env::temp_dir().join(format!("raftarium-weight-{}", std::process::id()));
        crate::page::empty(&dir).unwrap();
        fs::write(dir.join("small.txt"), vec![b'a'; 1_000_000]).unwrap();
        assert!(check(&dir).is_ok());
        // Bytes that do not compress, from a small generator.
        let mut state = 1u64;
        let noise: Vec<u8> = (0..300_000)
            .map(|_| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
                (state >> 56) as u8
            })
            .collect();
        fs::write(dir.join("large.bin"), noise).unwrap();
        assert!(check(&dir).is_err());
        fs::remove_dir_all(&dir).unwrap();
    }
}
