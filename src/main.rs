//! The command line `raftarium`.

fn main() -> std::process::ExitCode {
    raftarium::cli::main()
}
