//! The page's measurements, each an ignored test that `cargo xtask measure` runs alone.
//!
//! With `--against DIST` each figure is measured on both pages in turns, so that a busy machine
//! slows both.

mod budget;
mod cost;
mod frames;
mod lesson;
mod start;
mod time_travel;
mod timeline;
mod trace;

use crate::harness::{Page, site};

/// The addresses of the built page and, with `--against`, of the other one.
fn addresses() -> Vec<String> {
    [Some(site::url()), site::other_url()].into_iter().flatten().collect()
}

/// The middle one of some figures.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Closes the pages; they must not have reported errors.
fn close(pages: Vec<Page>) {
    for page in pages {
        let errors = page.errors();
        page.close();
        assert!(errors.is_empty(), "the page reported: {errors:#?}");
    }
}
