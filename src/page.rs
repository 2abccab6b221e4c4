//! The page's program, which runs in the browser.

fn main() {
    raftarium::ui::start();
}
