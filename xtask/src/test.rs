//! Placeholder.
use crate::Result;

pub struct Options;

impl Options {
    pub fn parse(_: &[String]) -> Result<Options> {
        Ok(Options)
    }
}

pub fn run(_: &Options) -> Result {
    Err("not there yet".into())
}
