//! The command line: the same engine as a plain filter.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}
