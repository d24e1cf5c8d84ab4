//! Time and randomness: the only place that reads either.

use wasm_bindgen::JsValue;

use crate::annotation::{Id, Stamp, Timestamp};

/// Now.
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// A stamp for one edit by `coder`, with fresh ids.
pub fn stamp(coder: &Id) -> Stamp {
    Stamp::new(now(), coder.clone(), random_hex())
}

/// Sixteen random hex digits, from `getRandomValues` (`randomUUID` needs a secure context).
pub fn random_hex() -> String {
    use std::fmt::Write as _;
    let mut bytes = [0u8; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let is_random = crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !is_random {
        // A browser without `crypto` would be very old; ids only have to differ.
        bytes = js_sys::Math::random().to_bits().to_le_bytes();
    }
    bytes.iter().fold(String::with_capacity(16), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A time in the reader's time zone and in the manner of `language` (BCP 47; empty: the browser's own).
pub fn local_date_time(time: Timestamp, language: &str) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(time.0 as f64));
    let language = if language.is_empty() { JsValue::UNDEFINED } else { JsValue::from_str(language) };
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a field of a plain object cannot fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    // Through Reflect, for a language tag that the browser does not know throws.
    let shown = js_sys::Reflect::get(&date, &"toLocaleString".into())
        .ok()
        .map(js_sys::Function::from)
        .and_then(|format| format.call2(&date, &language, &options).ok())
        .and_then(|shown| shown.as_string());
    shown.unwrap_or_else(|| date.to_string().into())
}
