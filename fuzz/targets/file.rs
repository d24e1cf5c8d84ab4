//! Files of any bytes, as whatever reader takes them.
#![no_main]

use readout_fuzz::{NAMES, file, promises};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let name = NAMES[bytes.len() % NAMES.len()];
    promises::file(name, &file(name, bytes));
});
