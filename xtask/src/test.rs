//! Every check of the project, in stages. Each stage can be run alone.

use crate::process::{self, cargo, output, show_time};
use crate::tools::{Tools, component, place};
use crate::{HELP, Result, browser, chromium, root, site};
use std::fs;
use std::time::{Duration, Instant};

/// A stage: its name, and what it does.
type Stage = (&'static str, fn(&Options) -> Result);

/// From the quickest to the slowest.
const STAGES: [Stage; 7] = [
    ("format", |_| format()),
    ("lint", |_| lint()),
    ("native", native),
    ("docs", |_| docs()),
    ("browser", |_| browser_interfaces()),
    ("build", |_| site::build()),
    ("e2e", |options| browser::end_to_end(options.long)),
];

/// What tells cargo to build for the browser.
pub const WASM: &str = "--target=wasm32-unknown-unknown";

/// What to test.
#[derive(Default)]
pub struct Options {
    /// The stages to run; none means all.
    stages: Vec<String>,
    /// Adds what takes long.
    long: bool,
    /// Goes on after a stage that failed.
    keep_going: bool,
}

impl Options {
    /// Reads what stands behind `cargo xtask test`.
    pub fn parse(args: &[String]) -> Result<Options> {
        let mut options = Options::default();
        for arg in args {
            match arg.as_str() {
                "--long" => options.long = true,
                "--keep-going" => options.keep_going = true,
                name if STAGES.iter().any(|(stage, _)| *stage == name) => {
                    options.stages.push(name.to_owned())
                }
                other => return Err(format!("there is no stage or option {other:?}\n\n{HELP}")),
            }
        }
        Ok(options)
    }

    fn wants(&self, stage: &str) -> bool {
        self.stages.is_empty() || self.stages.iter().any(|wanted| wanted == stage)
    }
}

/// Runs the stages, and closes with a table and a line that counts them.
pub fn run(options: &Options) -> Result {
    let mut rows: Vec<(&str, &str, Duration)> = Vec::new();
    let mut failed = 0;
    for (name, stage) in STAGES.iter().filter(|(name, _)| options.wants(name)) {
        if failed > 0 && !options.keep_going {
            rows.push((name, "not run", Duration::ZERO));
            continue;
        }
        println!("\n== {name} ==");
        let start = Instant::now();
        let word = match stage(options) {
            Ok(()) => "passed",
            Err(message) => {
                println!("error: {message}");
                failed += 1;
                "FAILED"
            }
        };
        rows.push((name, word, start.elapsed()));
    }

    println!("\n{:10}{:10}time", "stage", "");
    for (name, word, time) in &rows {
        println!("{name:10}{word:10}{}", show_time(*time));
    }
    let all = rows.iter().map(|(_, _, time)| *time).sum();
    println!("{:10}{:10}{}", "all", "", show_time(all));
    let passed = rows.iter().filter(|(_, word, _)| *word == "passed").count();
    println!("\n{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err(String::new()) }
}

fn format() -> Result {
    component("rustfmt", "fmt")?;
    process::run(&mut cargo(&["fmt", "--all", "--check"]))?;
    // A workspace of its own.
    process::run(&mut cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
}

/// Clippy on every target and feature set. The page is looked at as the browser's compiler sees it.
fn lint() -> Result {
    component("clippy", "clippy")?;
    Tools::wasm_target()?;
    let sets: [&[&str]; 5] = [
        &["--all-targets"],
        &["--all-targets", "--features", "cli"],
        &["--all-targets", "--features", "web", WASM],
        &["--bin", "readout-import", "--features", "importer", WASM],
        &["--all-targets", "--package", "xtask", "--package", "readout-bench"],
    ];
    for set in sets {
        let mut args = vec!["clippy", "--quiet", "--locked"];
        args.extend(set);
        args.extend(["--", "--deny", "warnings"]);
        process::run(&mut cargo(&args))?;
    }
    Ok(())
}

fn native(options: &Options) -> Result {
    stays_small()?;
    process::run(&mut cargo(&["test", "--quiet", "--locked", "--package", "xtask"]))?;
    let mut tests = cargo(&["test", "--locked", "--features", "cli"]);
    if options.long {
        tests.env("READOUT_LONG", "1");
    }
    process::run(&mut tests)
}

/// Whoever works on the engine alone waits for no browser library.
fn stays_small() -> Result {
    let mut tree = cargo(&["tree", "--locked", "--package", "readout", "--prefix", "none", "--edges", "all"]);
    let tree = output(&mut tree).ok_or("cargo tree failed")?;
    for library in ["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"] {
        if tree.lines().any(|line| line.split(' ').next() == Some(library)) {
            return Err(format!(
                "plain `cargo test` builds {library}: it belongs to the feature `web` alone"
            ));
        }
    }
    Ok(())
}

fn docs() -> Result {
    Tools::wasm_target()?;
    for set in [&["--features", "web", WASM][..], &["--features", "cli"]] {
        let mut doc = cargo(&["doc", "--quiet", "--locked", "--no-deps", "--lib"]);
        process::run(doc.args(set).env("RUSTDOCFLAGS", "--deny warnings"))?;
    }
    Ok(())
}

/// Tests of what only a browser has: storage, locks, files.
fn browser_interfaces() -> Result {
    let path = Tools::for_browser_tests()?;
    // The driver is started with a browser of our choice: it would look in fewer places.
    let browser = chromium::browser()?;
    let settings = root().join("target/tools/webdriver.json");
    // Nothing has made the folder where every tool was on the path.
    fs::create_dir_all(root().join("target/tools")).map_err(place("target/tools"))?;
    let binary = browser.display().to_string().replace('\\', "\\\\").replace('"', "\\\"");
    fs::write(&settings, format!(r#"{{"goog:chromeOptions": {{"binary": "{binary}"}}}}"#))
        .map_err(place("target/tools/webdriver.json"))?;
    let mut tests = cargo(&["test", "--locked", "--features", "web", "--lib", WASM]);
    tests
        .env("PATH", path)
        .env("CHROMEDRIVER", chromium::driver()?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    process::run(&mut tests)
}
