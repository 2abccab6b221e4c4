//! The page's download size: all files of the first view, each after `gzip -9`.

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use std::path::Path;

pub const DOWNLOAD_BYTES_MAX: usize = 900_000;

/// The page fetches these when a person asks for them, or never: scripts with their list and
/// pictures, the program of the lab, the pictures that a system loads to install the page, the
/// custom element for other pages.
const LATER: [&str; 9] = [
    "scenarios",
    "lessons",
    "challenges",
    "pictures",
    "catalogue.tsv",
    "lab.js",
    "lab_bg.wasm",
    "icons",
    "raftarium-cluster.js",
];

/// Prints each file's size and fails if the first view is over the limit.
pub fn check(dist: &Path) -> Result<()> {
    let total = report(dist)?;
    if total > DOWNLOAD_BYTES_MAX {
        bail!("the first view is {total} bytes after gzip: {DOWNLOAD_BYTES_MAX} are allowed");
    }
    Ok(())
}

/// Prints each file's size, plain and after gzip. Returns the sum of the first view after gzip.
pub fn report(dist: &Path) -> Result<usize> {
    let (mut total, mut later) = (0, 0);
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
            let name = path.strip_prefix(dist)?;
            if LATER.iter().any(|later| name.starts_with(later)) {
                later += zipped;
                continue;
            }
            println!("{:>10} {zipped:>10}  {}", bytes.len(), name.display());
            total += zipped;
        }
    }
    println!("{:>10} {total:>10}  of {DOWNLOAD_BYTES_MAX} allowed in the first view", "");
    println!("{:>10} {later:>10}  later: {}", "", LATER.join(", "));
    Ok(total)
}

pub fn gzipped_len(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_over_the_limit_fails() {
        let folder = std::env::temp_dir().join(format!("raftarium-size-{}", std::process::id()));
        crate::page::clear(&folder).unwrap();
        fs::write(folder.join("small.txt"), vec![b'a'; 1_000_000]).unwrap();
        assert!(check(&folder).is_ok());
        // A linear congruential generator makes bytes that gzip cannot compress.
        let mut state = 1u64;
        let noise: Vec<u8> = (0..DOWNLOAD_BYTES_MAX + 50_000)
            .map(|_| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
                (state >> 56) as u8
            })
            .collect();
        fs::write(folder.join("large.bin"), noise).unwrap();
        assert!(check(&folder).is_err());
        fs::create_dir(folder.join("scenarios")).unwrap();
        fs::rename(folder.join("large.bin"), folder.join("scenarios/large.bin")).unwrap();
        assert!(check(&folder).is_ok());
        fs::remove_dir_all(&folder).unwrap();
    }
}
