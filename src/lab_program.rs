//! The page's second program: the section Lab, and what workers do. The page fetches it when one
//! of them is needed.

fn main() {
    raftarium::ui::start_lab();
}
