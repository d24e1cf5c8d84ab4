//! Training: builds the program under `training/` for speed and runs it.

use crate::process::{cargo, run, step};
use crate::{Result, root};
use std::process::Command;

/// Runs the training program with these arguments.
pub fn train(args: &[String]) -> Result {
    let build = ["build", "--quiet", "--locked", "--package", "readout-training", "--profile", "fast"];
    step("Building", "1 min the first time", || run(&mut cargo(&build)))?;
    run(Command::new(root().join("target/fast/readout-training")).args(args).current_dir(root()))
}
