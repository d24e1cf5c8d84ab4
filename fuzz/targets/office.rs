//! See `readout_fuzz::office`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readout_fuzz::office(bytes));
