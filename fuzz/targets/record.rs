//! Lines of JSON Lines of any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let line = match bytes.split_first() {
        Some((first, rest)) if first % 2 == 1 => rest.to_vec(),
        _ => serde_json::json!({"id": 7, "text": readout_fuzz::text(bytes)}).to_string().into_bytes(),
    };
    readout_fuzz::promises::record(&line);
});
