//! See `readout_fuzz::outline`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::outline(bytes));
