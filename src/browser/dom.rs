//! The page's own elements: which sentence an event is on, where the focus is, what is measured.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The element that the page is drawn into: `#app`, or else the body.
pub fn mount_point() -> Element {
    let document = gloo::utils::document();
    document.get_element_by_id("app").unwrap_or_else(|| gloo::utils::body().into())
}

/// The value of a parameter of the page's address.
pub fn query_parameter(name: &str) -> Option<String> {
    let search = gloo::utils::window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The byte at which the sentence starts that an event happened in.
pub fn sentence_of(target: Option<EventTarget>) -> Option<u32> {
    let node = target?.dyn_into::<Node>().ok()?;
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    let sentence = element.closest("main [data-sentence]").ok()??;
    sentence.id().strip_prefix('s')?.parse().ok()
}

fn sentence_element(byte: u32) -> Option<HtmlElement> {
    gloo::utils::document().get_element_by_id(&format!("s{byte}"))?.dyn_into().ok()
}

/// Gives the sentence that starts at this byte the focus, and brings it into view.
pub fn focus_sentence(byte: u32) {
    if let Some(sentence) = sentence_element(byte) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = sentence.focus_with_options(&options);
        bring_into_view(&sentence);
    }
}

/// Brings the sentence that starts at this byte into view.
pub fn reveal_sentence(byte: u32) {
    if let Some(sentence) = sentence_element(byte) {
        bring_into_view(&sentence);
    }
}

fn bring_into_view(sentence: &HtmlElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    sentence.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether a sentence has the focus, or nothing has.
pub fn is_sentence_focused() -> bool {
    let Some(active) = gloo::utils::document().active_element() else { return true };
    active.tag_name().eq_ignore_ascii_case("body") || active.has_attribute("data-sentence")
}

/// Whether keys belong to a text field.
pub fn is_typing() -> bool {
    let Some(active) = gloo::utils::document().active_element() else { return false };
    active.matches("input:not([type=checkbox]), textarea, select, [contenteditable]").unwrap_or(false)
}

/// Whether the sides are sheets over the page.
pub fn is_narrow() -> bool {
    let query = gloo::utils::window().match_media("(max-width: 900px)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Marks a moment for measuring: `readout:press`.
pub fn mark_press() {
    mark("readout:press");
}

/// Marks a moment for measuring.
pub fn mark(name: &str) {
    if let Some(performance) = gloo::utils::window().performance() {
        let _ = performance.mark(name);
    }
}

/// Measures from a marked moment to now.
pub fn measure(name: &str, from: &str) {
    if let Some(performance) = gloo::utils::window().performance() {
        let _ = performance.measure_with_start_mark(name, from);
    }
}

/// Sets or takes away an attribute of `<html>`.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Whether a dialog lies over the page.
pub fn is_dialog_open() -> bool {
    gloo::utils::document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}
