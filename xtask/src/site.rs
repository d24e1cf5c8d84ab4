//! The page: built into `dist/`, and served while someone works on it.

use crate::process::{command, run, step};
use crate::tools::{Tools, place};
use crate::{Result, root};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;
use std::{fs, thread};

/// Where the page is served. A browser keeps annotations per address, so this is never changed by itself.
pub const PORT: u16 = 8080;

/// What the page is made of: a change in it builds the page anew. Trunk refuses to watch what is not there.
const SOURCES: [&str; 7] = ["Cargo.toml", "Cargo.lock", "index.html", "src", "data", "model", "static"];

/// Builds the release site and shows what a reader has to download.
pub fn build() -> Result {
    let tools = Tools::for_site()?;
    // A file of an earlier build would count as part of this one.
    fs::remove_dir_all(root().join("dist")).ok();
    step("Building the page", "2 min the first time", || run(&mut trunk(&tools, &["build"])))?;
    run(&mut command("node", &["xtask/scripts/sizes.mjs", "dist"]))
}

/// Builds and serves the page until it is stopped from outside, and builds again when a source changes.
pub fn serve(port: u16, open: bool) -> Result {
    check_free(port)?;
    let tools = Tools::for_site()?;
    check_free(port)?;
    let address = format!("http://127.0.0.1:{port}/");
    println!("\nBuilding the page (usually 2 min the first time). It will be at {address}");
    let port_arg = port.to_string();
    let mut args = vec!["serve", "--port", &port_arg];
    for source in SOURCES.into_iter().filter(|source| root().join(source).exists()) {
        args.extend(["--watch", source]);
    }
    if open {
        args.push("--open");
    }
    let mut server = trunk(&tools, &args)
        .spawn()
        .map_err(|error| format!("cannot start {}: {error}", tools.trunk.display()))?;
    let announce = thread::spawn(move || {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            thread::sleep(Duration::from_millis(300));
        }
        println!(
            "\nReadout is at {address}  (Ctrl+C stops it; a changed file builds it anew: reload then)\n"
        );
    });
    let status = server.wait().map_err(|error| format!("lost sight of the server: {error}"))?;
    drop(announce);
    Err(format!("the server ended ({status})"))
}

fn trunk(tools: &Tools, args: &[&str]) -> Command {
    let mut command = command(&tools.trunk, args);
    command.env("PATH", &tools.path).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads this as an option of its own and wants `true` or `false`; others set `1`.
    command.env_remove("NO_COLOR");
    command
}

fn check_free(port: u16) -> Result {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!(
            "cannot serve on 127.0.0.1:{port}: {error}.\n\
             Perhaps another `cargo xtask serve` is running: stop it, or name another port with --port.\n\
             A browser keeps annotations per address: under another port yours would not be there."
        )),
    }
}

/// Fails unless a built site is there.
pub fn check_built() -> Result {
    fs::metadata(root().join("dist/index.html"))
        .map_err(place("dist/index.html"))
        .map(drop)
        .map_err(|error| format!("{error}\nThe site is not built: run `cargo xtask build` first"))
}
