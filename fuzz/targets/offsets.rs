//! See `readout_fuzz::offsets`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::offsets(bytes));
