//! In the browser: mounts the page. Natively: the command line `raftarium`.

#[cfg(target_arch = "wasm32")]
fn main() {
    raftarium::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    raftarium::cli::main()
}
