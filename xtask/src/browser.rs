//! Placeholder.
use crate::Result;

pub fn screenshots() -> Result {
    Err("not there yet".into())
}
