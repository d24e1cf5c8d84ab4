//! The table of rates: printed natively, handed to the page in a browser. `cargo xtask bench` runs both.

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use readout_bench::{rates, texts};

    let start = std::time::Instant::now();
    let clock = || start.elapsed().as_secs_f64();
    let mut articles = Vec::new();
    for kind in texts::Kind::ALL {
        for (size, name) in texts::SIZES {
            articles.push((kind, name, rates::measure(kind, size, &clock)));
        }
    }
    print!("{}", rates::table(&articles));
}

#[cfg(target_arch = "wasm32")]
fn main() {}

/// What the page calls.
#[cfg(target_arch = "wasm32")]
mod page {
    use js_sys::Function;
    use readout_bench::{rates, texts};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The table of rates; `clock` is `() => performance.now()`.
    #[wasm_bindgen]
    pub fn table(clock: &Function) -> String {
        let clock =
            || clock.call0(&JsValue::NULL).ok().and_then(|now| now.as_f64()).unwrap_or(f64::NAN) / 1e3;
        let mut articles = Vec::new();
        for kind in texts::Kind::ALL {
            for (size, name) in texts::SIZES {
                articles.push((kind, name, rates::measure(kind, size, &clock)));
            }
        }
        rates::table(&articles)
    }
}
