//! See `readout_fuzz::html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::html(bytes));
