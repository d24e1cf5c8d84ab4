//! See `readout_fuzz::record`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::record(bytes));
