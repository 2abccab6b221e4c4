//! The second program of the page: it draws the section Lab, and works in the page's workers. The
//! page fetches it when the section is opened, or when a search begins.
//!
//! Both programs are Yew apps. Yew handles events at the root of an app, and each program
//! numbers its elements from 1, so one root must not be inside the other: index.html has an element
//! for each, side by side.

use super::components::lab::LabSection;
use super::platform::{dom, panic, worker};
use super::player::crash_report;
use super::worker_jobs;

/// Draws the section; in a worker, works for the page.
pub fn start_lab() {
    if worker::is_worker() {
        return worker_jobs::serve();
    }
    panic::install_screen(crash_report::session);
    let root = dom::find("#lab").expect("index.html has an element for the lab");
    yew::Renderer::<LabSection>::with_root(root).render();
}
