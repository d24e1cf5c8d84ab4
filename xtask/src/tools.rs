//! The tools that turn Rust into a page: found in the right version, or installed under `target/tools/`.
//!
//! Trunk would download wasm-bindgen and wasm-opt by itself. It never needs to: it finds both on the path that
//! [`Tools::path`] gives.

use crate::process::{cargo, command, find, find_on, npm, output, path_with, run, step};
use crate::{Result, root};
use std::ffi::OsString;
use std::path::PathBuf;
use std::{fs, io};

/// The newest Trunk for our Rust: 0.22 wants a later one.
const TRUNK: &str = "0.21.14";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Where the tools are.
pub struct Tools {
    /// The search path for whatever starts Trunk or the runner of the browser's tests.
    pub path: OsString,
    pub trunk: PathBuf,
}

impl Tools {
    /// All that the page needs. Installs what is missing.
    pub fn for_site() -> Result<Tools> {
        let trunk = installed("trunk", "trunk", TRUNK, "5 to 10 min")?;
        Tools::for_wasm()?;
        // What was left over from building them is large, and of no use any more.
        fs::remove_dir_all(tools().join("build")).ok();
        Ok(Tools { path: path(), trunk })
    }

    /// What makes a module for the browser out of a Rust program: wasm-bindgen and wasm-opt.
    pub fn for_wasm() -> Result<OsString> {
        Tools::wasm_target()?;
        node()?;
        wasm_bindgen()?;
        wasm_opt()?;
        Ok(path())
    }

    /// The toolchain's library for WebAssembly.
    pub fn wasm_target() -> Result {
        let sysroot =
            output(&mut command("rustc", &["--print", "sysroot"])).ok_or("rustc does not answer")?;
        if PathBuf::from(sysroot).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
            return Ok(());
        }
        if find("rustup").is_none() {
            return Err(format!(
                "this Rust cannot build for {WASM_TARGET}, and rustup, which would add it, is missing"
            ));
        }
        step("Adding WebAssembly to the Rust toolchain", "half a minute", || {
            run(&mut command("rustup", &["target", "add", WASM_TARGET]))
        })
    }

    /// What tests of the browser's interfaces need: a runner, which comes with wasm-bindgen.
    pub fn for_browser_tests() -> Result<OsString> {
        Tools::wasm_target()?;
        wasm_bindgen()?;
        Ok(path())
    }
}

/// `rustfmt` or `clippy`: part of the pinned toolchain, but a thin one may lack them.
pub fn component(name: &str, subcommand: &str) -> Result {
    if output(&mut cargo(&[subcommand, "--version"])).is_some() {
        return Ok(());
    }
    if find("rustup").is_none() {
        return Err(format!("`cargo {subcommand}` is missing, and so is rustup, which would bring it"));
    }
    run(&mut command("rustup", &["component", "add", name]))
}

/// Node runs wasm-opt and the end-to-end tests.
pub fn node() -> Result {
    let version = output(&mut command("node", &["--version"]))
        .ok_or("Node.js is missing: install version 20 or newer from https://nodejs.org")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= 20 => Ok(()),
        _ => Err(format!("Node.js {version} is too old: install version 20 or newer")),
    }
}

/// Installs the packages of a `package-lock.json`, unless this very lock file is installed already.
pub fn npm_ci(folder: &std::path::Path, what: &str, usually: &str) -> Result {
    let read = |name: &str| fs::read(folder.join(name)).ok();
    let lock = read("package-lock.json");
    if lock.is_some() && lock == read("node_modules/.installed-lock.json") {
        return Ok(());
    }
    step(what, usually, || run(&mut npm(&["ci", "--no-audit", "--no-fund"], folder)))?;
    fs::write(folder.join("node_modules/.installed-lock.json"), lock.unwrap_or_default())
        .map_err(place("node_modules"))
}

/// Says which file an error is about.
pub fn place(file: &str) -> impl Fn(io::Error) -> String {
    move |error| format!("{file}: {error}")
}

fn tools() -> PathBuf {
    root().join("target/tools")
}

fn npm_folder() -> PathBuf {
    tools().join("npm")
}

fn path() -> OsString {
    path_with(&[tools().join("bin"), npm_folder().join("node_modules/.bin")])
}

/// wasm-bindgen must be of the very version that the program is linked with.
fn wasm_bindgen() -> Result {
    let lock = fs::read_to_string(root().join("Cargo.lock")).map_err(place("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock names no wasm-bindgen")?;
    installed("wasm-bindgen", "wasm-bindgen-cli", version, "2 to 4 min")?;
    installed("wasm-bindgen-test-runner", "wasm-bindgen-cli", version, "2 to 4 min")?;
    Ok(())
}

/// The version of a package in a `Cargo.lock`.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// wasm-opt, of any version that came through our lock file or is on the path: newer ones only shrink more.
fn wasm_opt() -> Result {
    if find("wasm-opt").is_some() {
        return Ok(());
    }
    let folder = npm_folder();
    fs::create_dir_all(&folder).map_err(place("target/tools/npm"))?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(root().join("xtask/npm").join(file), folder.join(file)).map_err(place(file))?;
    }
    npm_ci(&folder, "Installing wasm-opt", "10 s")
}

/// A tool from crates.io: from the path or `target/tools/bin` when the version is right, else built.
fn installed(program: &str, package: &str, version: &str, usually: &str) -> Result<PathBuf> {
    if let Some(file) = find_on(&path(), program).filter(|file| has_version(file, version)) {
        return Ok(file);
    }
    step(&format!("Building {package} {version}"), usually, || {
        // A lock file may name a version that was withdrawn since: then whatever fits serves as well.
        build(package, version, true).or_else(|_| {
            println!("Once more, with other versions of the libraries it uses");
            build(package, version, false)
        })
    })?;
    let file = tools().join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    if file.is_file() { Ok(file) } else { Err(format!("{package} {version} brought no {program}")) }
}

/// Without optimisation, to wait less: the tools run for a second or two. Without default features, which
/// are for downloads.
fn build(package: &str, version: &str, locked: bool) -> Result {
    let mut command =
        cargo(&["install", package, "--version", version, "--no-default-features", "--debug", "--force"]);
    if locked {
        command.arg("--locked");
    }
    command.arg("--root").arg(tools());
    command.env("CARGO_TARGET_DIR", tools().join("build"));
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    command.env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
    run(&mut command)
}

/// Reads `wasm-bindgen 0.2.1 (abc)` and the like.
fn has_version(file: &std::path::Path, version: &str) -> bool {
    output(&mut command(file, &["--version"]))
        .is_some_and(|answer| answer.split_whitespace().any(|word| word == version))
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn a_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.9"));
        assert_eq!(locked_version(lock, "yew"), None);
    }
}
