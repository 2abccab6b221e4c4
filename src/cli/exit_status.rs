//! The exit status of the program.

use std::process::ExitCode;

/// Of several files, the worst status counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ExitStatus {
    Success = 0,
    /// An expectation failed, or a violation was found.
    Failure = 1,
    /// A script does not parse, or an option is invalid.
    Unusable = 2,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> ExitCode {
        ExitCode::from(status as u8)
    }
}
