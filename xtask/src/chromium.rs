//! The browser that the tests drive: found, or installed.

use crate::process::{command, find, output, run, step};
use crate::{Result, browser};
use std::path::{Path, PathBuf};

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/// Chromium, its driver, and letters for the scripts that the tests write: Khmer, Arabic, Japanese, emoji.
const PACKAGES: [&str; 5] =
    ["chromium", "chromium-driver", "fonts-noto-core", "fonts-droid-fallback", "fonts-noto-color-emoji"];

const NO_BROWSER: &str = "\
no Chromium was found, and none could be installed.
Install Chromium or Google Chrome and run this again, or set CHROME to the program's path.
On Debian and Ubuntu, root can run: apt-get install chromium chromium-driver";

const NO_DRIVER: &str = "\
no chromedriver was found, and none could be installed.
Install the one that fits your Chromium (https://googlechromelabs.github.io/chrome-for-testing/) and put it on the
path, or set CHROMEDRIVER to the program's path.
On Debian and Ubuntu, root can run: apt-get install chromium-driver";

/// The browser's program. Installs Chromium where there is none.
pub fn browser() -> Result<PathBuf> {
    if let Some(path) = chosen("CHROME")?.or_else(present) {
        return Ok(path);
    }
    if let Err(message) = install() {
        eprintln!("{message}");
    }
    present().ok_or_else(|| NO_BROWSER.to_owned())
}

/// The program through which wasm-bindgen's tests drive the browser.
pub fn driver() -> Result<PathBuf> {
    let driver = || find("chromedriver").or_else(|| existing("/usr/lib/chromium/chromedriver"));
    if let Some(path) = chosen("CHROMEDRIVER")?.or_else(driver) {
        return Ok(path);
    }
    if can_apt() {
        apt_install()?;
    }
    driver().ok_or_else(|| NO_DRIVER.to_owned())
}

fn chosen(variable: &str) -> Result<Option<PathBuf>> {
    match std::env::var_os(variable).map(PathBuf::from) {
        Some(path) if !path.is_file() => {
            Err(format!("{variable} names {}, which is no file", path.display()))
        }
        path => Ok(path),
    }
}

fn present() -> Option<PathBuf> {
    let on_path = NAMES.iter().find_map(|name| find(name));
    on_path.or_else(|| MAC.iter().find_map(|path| existing(path))).or_else(browser::playwrights_own)
}

fn existing(path: &str) -> Option<PathBuf> {
    Path::new(path).is_file().then(|| path.into())
}

fn install() -> Result {
    if can_apt() { apt_install() } else { browser::install_playwrights_own() }
}

fn can_apt() -> bool {
    find("apt-get").is_some() && output(&mut command("id", &["-u"])).as_deref() == Some("0")
}

/// Package servers are busy at times: one more try before giving up.
fn apt_install() -> Result {
    let apt = |args: &[&str]| run(command("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive"));
    let once = || {
        apt(&["update", "-qq"])?;
        let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
        args.extend(PACKAGES);
        apt(&args)
    };
    step("Installing Chromium, its driver and fonts", "1 min", || {
        once().or_else(|message| {
            println!("{message}; trying once more");
            once()
        })
    })
}
