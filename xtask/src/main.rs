//! The project's commands: `cargo xtask` lists them.
//!
//! Each module is one subject: [`process`] starts other programs, [`tools`] and [`chromium`] find or install what
//! the commands need, [`site`] builds and serves the page, [`browser`] drives it, [`test`] runs every check,
//! [`bench`] takes figures, [`train`] makes the weights under `model/`.

mod bench;
mod browser;
mod chromium;
mod process;
mod site;
mod test;
mod tools;
mod train;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What every command gives: nothing, or a message that says what went wrong and what to do.
type Result<T = ()> = std::result::Result<T, String>;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port N] [--open]   build the page, serve it on http://127.0.0.1:8080, build again on change
  build                       the release site in dist/, with the size of each file
  test [stage...] [--long] [--keep-going]
                              every check, or only the stages named: format, lint, native, docs,
                              browser, build, e2e; --long adds what takes long
  bench [native] [browser]    how fast the engine is, beside icu_segmenter in the same run
  train <names|acts> [...]    the weights under model/, from labelled articles; --help says more
  screenshots                 docs/*.png, taken from dist/

Missing tools are installed under target/tools/ on the first run; a second run installs nothing.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, args) = match args.split_first() {
        Some((command, args)) => (command.as_str(), args),
        None => ("help", &args[..]),
    };
    let done = match command {
        "serve" => serve(args),
        "build" => no_options(args).and_then(|()| site::build()),
        "test" => test::Options::parse(args).and_then(|options| test::run(&options)),
        "bench" => bench::bench(args),
        "train" => train::train(args),
        "screenshots" => no_options(args).and_then(|()| browser::screenshots()),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command {other:?}\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Reads the options of `serve`.
fn serve(args: &[String]) -> Result {
    let mut port = site::PORT;
    let mut open = false;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--open" => open = true,
            "--port" => {
                let value = args.next().ok_or("--port needs a number")?;
                port = value.parse().map_err(|_| format!("--port needs a number, not {value:?}"))?;
            }
            other => return Err(format!("serve knows no {other:?}")),
        }
    }
    site::serve(port, open)
}

fn no_options(args: &[String]) -> Result {
    match args.first() {
        None => Ok(()),
        Some(arg) => Err(format!("unexpected {arg:?}\n\n{HELP}")),
    }
}

/// The folder that holds the whole project.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}
