//! See `readout_fuzz::text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::text(bytes));
