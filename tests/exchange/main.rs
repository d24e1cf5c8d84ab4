//! Files in and out: identity, golden files, the schema, and what bad files do.

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
mod merging;
mod plain_text;
