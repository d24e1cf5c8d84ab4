//! See `readout_fuzz::old_text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::old_text(bytes));
