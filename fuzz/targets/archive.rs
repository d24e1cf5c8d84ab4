//! See `readout_fuzz::archive`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::archive(bytes));
