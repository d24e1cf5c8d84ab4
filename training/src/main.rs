//! Makes the weights under `model/` from labelled articles, and measures them: `cargo xtask train`.
//!
//! Every run is seeded: the same data gives the same bytes.

mod acts;
mod crf;
mod data;
mod names;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask train <names|acts> [...]

  names    the weights of the tagger of names, model/entities.bin; names --help says more
  acts     the weights that suggest acts, model/acts.bin; acts --help says more";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (subject, args) = match args.split_first() {
        Some((subject, args)) => (subject.as_str(), args),
        None => ("help", &args[..]),
    };
    let done: Result<(), String> = match subject {
        "help" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        "acts" => acts::run(args),
        "names" => names::run(args),
        other => Err(format!("there is nothing to train called {other:?}\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
