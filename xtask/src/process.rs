//! Starts other programs from the project's folder, and says which.

use crate::{Result, root};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A command that starts in the project's folder.
pub fn command(program: impl AsRef<OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root()).stdin(Stdio::null());
    command
}

/// Cargo, the one that runs these commands. It forgets what it told us about our own package.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command
}

/// Shows a command, runs it, and fails when it fails.
pub fn run(command: &mut Command) -> Result {
    println!("$ {}", show(command));
    let status =
        command.status().map_err(|error| format!("cannot start {}: {error}", show_program(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", show_program(command))) }
}

/// What a command prints on standard output, if it could be started and succeeded.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Does a long step: says what, and how long it usually takes; afterwards, how long it took.
pub fn step<T>(what: &str, usually: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n{what} (usually {usually})");
    let start = Instant::now();
    let done = work()?;
    println!("{what}: done in {}", show_time(start.elapsed()));
    Ok(done)
}

/// A time for people: `3.1 s`, `2 min 05 s`.
pub fn show_time(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// The first program of this name on a search path.
pub fn find_on(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path)
        .flat_map(|folder| [folder.join(name), folder.join(format!("{name}.exe"))])
        .find(|file| file.is_file())
}

/// The first program of this name on this process's search path.
pub fn find(name: &str) -> Option<PathBuf> {
    find_on(&std::env::var_os("PATH").unwrap_or_default(), name)
}

/// This process's search path with folders put before it.
pub fn path_with(folders: &[PathBuf]) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&path));
    std::env::join_paths(all).unwrap_or(path)
}

/// npm and npx are scripts, which Windows starts only by their full name.
pub fn npm(args: &[&str], folder: &Path) -> Command {
    let mut command = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, args);
    command.current_dir(folder);
    command
}

fn show(command: &Command) -> String {
    let mut shown = show_program(command);
    for arg in command.get_args() {
        shown.push(' ');
        shown.push_str(&arg.to_string_lossy());
    }
    shown
}

fn show_program(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_stem().unwrap_or(command.get_program()).to_string_lossy().into_owned()
}
