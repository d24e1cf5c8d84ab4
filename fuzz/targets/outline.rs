//! Blocks and sentences of any text, with and without marks of a file.
#![no_main]

use readout_fuzz::{promises, texts};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = readout_fuzz::text(bytes);
    promises::outline(&text);
    promises::marked_outline(&text, &texts::marks(&text, bytes));
});
