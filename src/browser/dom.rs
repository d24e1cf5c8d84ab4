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

/// Brings the sentence that starts at this byte into view, unless it is.
pub fn reveal_sentence(byte: u32) {
    if let Some(sentence) = sentence_element(byte).filter(|_| !is_in_view(byte)) {
        bring_into_view(&sentence);
    }
}

/// Scrolls the reading column to its start.
pub fn scroll_to_start() {
    if let Some(page) = gloo::utils::document().get_element_by_id("page") {
        page.set_scroll_top(0);
    }
}

/// Upper and lower edge of what can be seen of the reading column, in pixels of the window.
fn view_edges() -> Option<(f64, f64)> {
    let document = gloo::utils::document();
    let page = document.get_element_by_id("page")?.get_bounding_client_rect();
    let find = document.query_selector(".page > .find").ok().flatten();
    let top = find.map_or(page.top(), |find| find.get_bounding_client_rect().bottom());
    (page.height() > 0.0).then(|| (top, page.bottom()))
}

/// Whether a line of the sentence that starts at this byte can be seen; so it counts where there is no telling.
pub fn is_in_view(byte: u32) -> bool {
    /// Pixels of a sentence that count as seen: a line of it.
    const LINE: f64 = 24.0;
    let seen = || {
        let (top, bottom) = view_edges()?;
        let sentence = sentence_element(byte)?.get_bounding_client_rect();
        let shown = sentence.bottom().min(bottom) - sentence.top().max(top);
        Some(shown >= LINE.min(sentence.height()))
    };
    seen().unwrap_or(true)
}

/// The bytes at which the sentences start that can be seen from their beginning, in order.
pub fn sentences_in_view() -> Vec<u32> {
    let Some((top, bottom)) = view_edges() else { return Vec::new() };
    let Ok(sentences) = gloo::utils::document().query_selector_all("main [data-sentence]") else {
        return Vec::new();
    };
    let elements =
        (0..sentences.length()).filter_map(|index| sentences.item(index)?.dyn_into::<Element>().ok());
    let seen = elements.filter(|element| {
        let rect = element.get_bounding_client_rect();
        rect.top() >= top - 1.0 && rect.top() < bottom - 24.0
    });
    seen.filter_map(|element| element.id().strip_prefix('s')?.parse().ok()).collect()
}

/// Whether the sentence that starts at this byte is drawn as an element of its own.
pub fn is_live(byte: u32) -> bool {
    sentence_element(byte).is_some()
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
