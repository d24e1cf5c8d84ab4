//! Offsets of any text, in each unit.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readout_fuzz::promises::offsets(&readout_fuzz::text(bytes));
});
