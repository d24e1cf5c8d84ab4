//! Tests and pictures of the built page in a real browser, by Playwright. They live in `tests/browser/`.

use crate::process::{command, output, run, step};
use crate::tools::{node, npm_ci};
use crate::{Result, chromium, root, site};
use std::path::PathBuf;
use std::process::Command;

/// What a user does, on `dist/`. With `long`, also what takes minutes.
pub fn end_to_end(long: bool) -> Result {
    site::check_built()?;
    let mut playwright = playwright(&["test"])?;
    if long {
        playwright.env("READOUT_LONG", "1");
    }
    run(&mut playwright)
}

/// Takes the pictures of the desk that README.md shows.
pub fn screenshots() -> Result {
    site::check_built()?;
    run(&mut playwright(&["test", "--config", "screenshots.config.ts"])?)
}

/// Takes figures of a program of `bench/` in the browser: `TITLE=FOLDER` for each way in which it was built.
pub fn bench(builds: &[String]) -> Result {
    let mut playwright = playwright(&["test", "--config", "bench.config.ts"])?;
    run(playwright.env("READOUT_BUILDS", builds.join("\n")))
}

/// The Chromium that Playwright downloaded for itself, if it did.
pub fn playwrights_own() -> Option<PathBuf> {
    const ASK: &str = "import('@playwright/test').then((it) => console.log(it.chromium.executablePath()))";
    let path = output(command("node", &["--eval", ASK]).current_dir(folder()))?;
    Some(PathBuf::from(path)).filter(|path| path.is_file())
}

/// Has Playwright download a Chromium.
pub fn install_playwrights_own() -> Result {
    packages()?;
    step("Downloading Chromium", "1 min", || run(&mut cli(&["install", "chromium"])))
}

fn playwright(args: &[&str]) -> Result<Command> {
    packages()?;
    let mut command = cli(args);
    command.env("CHROME", chromium::browser()?);
    Ok(command)
}

/// Playwright's command, started without npx, which would ask or download.
fn cli(args: &[&str]) -> Command {
    let mut command = command("node", &["node_modules/@playwright/test/cli.js"]);
    command.args(args).current_dir(folder());
    command
}

fn packages() -> Result {
    node()?;
    npm_ci(&folder(), "Installing Playwright", "10 s")
}

fn folder() -> PathBuf {
    root().join("tests/browser")
}
