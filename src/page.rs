//! The page's program, which runs in the browser: mounts the page, or serves it in a worker.

fn main() {
    raftarium::ui::start();
}
