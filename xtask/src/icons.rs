//! `cargo xtask icons`: draws `icons/*.png` from `icons/icon.svg` with Chromium. Systems that
//! install the page ask for PNG. A browser test compares the pictures with the drawing.

use crate::browsers::CHROMIUM;
use crate::{browser, project};
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::{Command, Stdio};

struct Icon {
    file: &'static str,
    /// Width and height, in pixels.
    size: u32,
    /// The width of the drawing, in pixels.
    drawing: u32,
    background: &'static str,
}

const ICONS: [Icon; 3] = [
    Icon { file: "icon-192.png", size: 192, drawing: 192, background: "transparent" },
    Icon { file: "icon-512.png", size: 512, drawing: 512, background: "transparent" },
    // A system cuts it to any shape that contains the middle circle of four fifths of the width.
    Icon { file: "maskable-512.png", size: 512, drawing: 376, background: "#faf9f6" },
];

pub fn run() -> Result<()> {
    browser::ensure_chromium(false)?;
    let program = CHROMIUM.find().context(CHROMIUM.remedy)?;
    let folder = project::root().join("icons");
    let svg = fs::read_to_string(folder.join("icon.svg"))?;
    let page = project::target_dir().join("xtask/icon.html");
    for Icon { file, size, drawing, background } in ICONS {
        let margin = (size - drawing) / 2;
        let style = format!(
            "body {{ margin: {margin}px; background: {background} }}
             svg {{ display: block; width: {drawing}px }}"
        );
        fs::write(&page, format!("<!doctype html><style>{style}</style>{svg}"))?;
        let picture = folder.join(file);
        let status = Command::new(&program)
            .args(["--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu"])
            .arg("--default-background-color=00000000")
            .arg(format!("--window-size={size},{size}"))
            .arg(format!("--screenshot={}", picture.display()))
            .arg(format!("file://{}", page.display()))
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            bail!("Chromium could not draw {file}");
        }
        println!("{}", picture.display());
    }
    Ok(())
}
