//! Files in and out: identity, golden files, the schema, and what bad files do.

// The schema validator does not build for the browser; linting there compiles every test.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot go on says so by panicking"
)]

mod bad_input;
mod golden;
mod helpers;
mod identity;
#[cfg(feature = "import")]
mod import;
mod merging;
mod plain_text;
mod records;
