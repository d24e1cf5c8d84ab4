//! Figures: how fast the engine is, natively and in a browser, beside a peer in the same run. Nothing is judged:
//! times depend on the machine, so they are printed and never tested.

use crate::process::{cargo, command, output, run, step};
use crate::test::WASM;
use crate::tools::{Tools, place};
use crate::{HELP, Result, browser, root};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::available_parallelism;

/// How the program is built for the browser: the table's title, cargo's profile, wasm-opt's level.
const BUILDS: [(&str, &str, &str); 2] = [
    ("In the browser, built as the page is (opt-level z)", "release", "-Oz"),
    ("In the browser, built for speed (opt-level 3)", "fast", "-O3"),
];

/// Measures natively, in the browser, or both.
pub fn bench(args: &[String]) -> Result {
    let wants = |name: &str| args.is_empty() || args.iter().any(|arg| arg == name);
    if let Some(other) = args.iter().find(|arg| !["native", "browser"].contains(&arg.as_str())) {
        return Err(format!("there is nothing to measure called {other:?}\n\n{HELP}"));
    }
    println!("Best of several rounds, on {}.", machine());
    println!(
        "\"× icu\" is the rate as a multiple of what icu_segmenter's bare sentence boundaries reach in the same run."
    );
    if wants("native") {
        step("Building", "1 min the first time", || run(&mut building("fast")))?;
        println!("\nNatively, built for speed (opt-level 3)");
        run(&mut command(root().join("target/fast/readout-bench"), &[]))?;
    }
    if wants("browser") {
        let folders = BUILDS.map(|(title, profile, level)| (title, build(profile, level)));
        let mut args = Vec::new();
        for (title, folder) in folders {
            args.push(format!("{title}={}", folder?));
        }
        browser::bench(&args)?;
    }
    Ok(())
}

/// The command that builds the program.
fn building(profile: &str) -> Command {
    cargo(&["build", "--quiet", "--locked", "--package", "readout-bench", "--profile", profile])
}

/// Builds the program for the browser and gives its folder.
fn build(profile: &str, level: &str) -> Result<String> {
    let path = Tools::for_wasm()?;
    let folder = root().join("target/bench").join(profile);
    fs::create_dir_all(&folder).map_err(place("target/bench"))?;
    let program = root().join(format!("target/wasm32-unknown-unknown/{profile}/readout-bench.wasm"));
    step("Building for the browser", "1 min the first time", || {
        run(building(profile).arg(WASM))?;
        let mut bindgen = command("wasm-bindgen", &["--target", "web", "--no-typescript", "--out-dir"]);
        run(bindgen.arg(&folder).arg(&program).env("PATH", &path))?;
        let wasm = folder.join("readout-bench_bg.wasm");
        let mut shrink = command("wasm-opt", &[level, "-o"]);
        run(shrink.arg(&wasm).arg(&wasm).env("PATH", &path))
    })?;
    // A page to load the module from.
    fs::write(folder.join("index.html"), "<!DOCTYPE html>\n").map_err(place("target/bench"))?;
    Ok(folder.display().to_string())
}

/// Processor, cores and compiler.
fn machine() -> String {
    let processor = fs::read_to_string(Path::new("/proc/cpuinfo")).ok().and_then(|info| {
        let line = info.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let processor = processor
        .or_else(|| output(&mut command("sysctl", &["-n", "machdep.cpu.brand_string"])))
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = available_parallelism().map_or(1, usize::from);
    let compiler = output(&mut command("rustc", &["--version"])).unwrap_or_default();
    format!("{processor}, {cores} cores, {compiler}")
}
