//! Any text, made a document, written as Readout JSON and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readout_fuzz::promises::text(&readout_fuzz::text(bytes));
});
