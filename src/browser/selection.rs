//! From places in the page to offsets of the text and back, in UTF-16 units.
//!
//! The article is cut into chunks; each chunk's element bears `data-start`, the UTF-16 offset of its first
//! character. So a look-up counts within one chunk, however long the article.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, Node, Range, Selection};

use crate::text::Utf16Span;

const START: &str = "data-start";
/// `NodeFilter.SHOW_TEXT`.
const SHOW_TEXT: u32 = 4;

/// The text's UTF-16 offset of a place in the page; none when it lies in no chunk of `root`.
pub fn offset_of(root: &Element, node: &Node, offset: u32) -> Option<u32> {
    let chunk = match chunk_of(node) {
        Some(chunk) if root.contains(Some(&chunk)) => chunk,
        // Between chunks, as a selection of everything ends: the edge of the chunk beside it.
        _ if node.is_same_node(Some(root)) => return edge(root, offset),
        _ => return None,
    };
    Some(start_of(&chunk)? + length_before(&chunk, node, offset)?)
}

/// The place in the page of the text's UTF-16 offset: a text node and an offset in it. At the seam of two nodes
/// it is the end of the first.
pub fn point_at(root: &Element, offset: u32) -> Option<(Node, u32)> {
    let chunks = root.query_selector_all(":scope > [data-start]").ok()?;
    let chunk = |index: u32| chunks.item(index).and_then(|node| node.dyn_into::<Element>().ok());
    // Chunks lie in order: find the last one that starts at or before the offset.
    let (mut low, mut high) = (0, chunks.length());
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if start_of(&chunk(middle)?)? <= offset { low = middle } else { high = middle }
    }
    let chunk = chunk(low)?;
    let mut left = offset.checked_sub(start_of(&chunk)?)?;
    let walker = document(root)?.create_tree_walker_with_what_to_show(&chunk, SHOW_TEXT).ok()?;
    while let Ok(Some(node)) = walker.next_node() {
        let length = node.unchecked_ref::<web_sys::Text>().length();
        if left <= length {
            return Some((node, left));
        }
        left -= length;
    }
    None
}

/// What is selected of the text in `root`; none when nothing is, or the selection leaves it.
pub fn selected_span(root: &Element) -> Option<Utf16Span> {
    let selection = selection()?;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let start = offset_of(root, &range.start_container().ok()?, range.start_offset().ok()?)?;
    let end = offset_of(root, &range.end_container().ok()?, range.end_offset().ok()?)?;
    (start < end).then_some(Utf16Span { start, end })
}

/// Selects a stretch of the text in `root`; says whether it is there.
pub fn select_span(root: &Element, span: Utf16Span) -> bool {
    let select = || {
        let (start, start_offset) = point_at(root, span.start)?;
        let (end, end_offset) = point_at(root, span.end)?;
        selection()?.set_base_and_extent(&start, start_offset, &end, end_offset).ok()
    };
    select().is_some()
}

/// Selects nothing.
pub fn clear() {
    if let Some(selection) = selection() {
        // It cannot fail: nothing of it is looked at.
        let _ = selection.remove_all_ranges();
    }
}

fn selection() -> Option<Selection> {
    web_sys::window()?.get_selection().ok()?
}

fn document(node: &Node) -> Option<Document> {
    node.owner_document()
}

fn chunk_of(node: &Node) -> Option<Element> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    element.closest("[data-start]").ok()?
}

fn start_of(chunk: &Element) -> Option<u32> {
    chunk.get_attribute(START)?.parse().ok()
}

fn length_before(chunk: &Element, node: &Node, offset: u32) -> Option<u32> {
    let range: Range = document(chunk)?.create_range().ok()?;
    range.set_start(chunk, 0).ok()?;
    range.set_end(node, offset).ok()?;
    // The length is read on the browser's side: nothing is copied.
    Some(range.unchecked_ref::<js_sys::Object>().to_string().length())
}

/// The offset at which the child number `index` of `root` starts, or the last one ends.
fn edge(root: &Element, index: u32) -> Option<u32> {
    let children = root.child_nodes();
    let next = (index..children.length())
        .filter_map(|index| children.item(index))
        .find_map(|it| it.dyn_into::<Element>().ok());
    if let Some(start) = next.as_ref().and_then(start_of) {
        return Some(start);
    }
    let last = root.query_selector_all(":scope > [data-start]").ok()?;
    let last = last.item(last.length().checked_sub(1)?)?.dyn_into::<Element>().ok()?;
    Some(start_of(&last)? + length_before(&last, &last, last.child_nodes().length())?)
}
