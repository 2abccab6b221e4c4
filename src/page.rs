//! The page's program, which runs in the browser: mounts the page.

fn main() {
    raftarium::ui::mount();
}
