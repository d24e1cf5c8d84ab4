//! Names in any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readout_fuzz::promises::names(&readout_fuzz::text(bytes));
});
