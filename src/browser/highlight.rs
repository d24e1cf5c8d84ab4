//! Marks on words of the page that change nothing in it: the browser's own highlights, where it has them.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use super::selection;
use crate::text::Utf16Span;

/// Marks these stretches of the text in `root` under `name`, in place of what was marked so; none takes the mark off.
/// Says whether the browser can.
pub fn mark(root: Option<&Element>, name: &str, spans: &[Utf16Span]) -> bool {
    let draw = || {
        let window = gloo::utils::window();
        let highlights =
            Reflect::get(&Reflect::get(&window, &"CSS".into()).ok()?, &"highlights".into()).ok()?;
        let method = |name: &str| Reflect::get(&highlights, &name.into()).ok()?.dyn_into::<Function>().ok();
        let ranges = Array::new();
        for &span in spans {
            if let Some(range) = root.and_then(|root| range_of(root, span)) {
                ranges.push(&range);
            }
        }
        if ranges.length() == 0 {
            method("delete")?.call1(&highlights, &name.into()).ok()?;
            return Some(());
        }
        let class = Reflect::get(&window, &"Highlight".into()).ok()?.dyn_into::<Function>().ok()?;
        let highlight = Reflect::construct(&class, &ranges).ok()?;
        method("set")?.call2(&highlights, &name.into(), &highlight).ok()?;
        Some(())
    };
    draw().is_some()
}

fn range_of(root: &Element, span: Utf16Span) -> Option<JsValue> {
    let (start, start_offset) = selection::point_at(root, span.start)?;
    let (end, end_offset) = selection::point_at(root, span.end)?;
    let range = root.owner_document()?.create_range().ok()?;
    range.set_start(&start, start_offset).ok()?;
    range.set_end(&end, end_offset).ok()?;
    Some(range.into())
}
