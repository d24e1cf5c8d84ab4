//! Tells tables that hold data from tables that lay a page out.

use super::line::weight;
use super::tree::{Data, NodeId, Step, Tree};

/// Cells with more letters hold text, not data.
const CELL: u32 = 400;

/// Whether the rows of a table are lines of data: short cells, several in a row, without blocks in them.
pub(super) fn holds_data(tree: &Tree, table: NodeId) -> bool {
    if tree.attribute(table, "role").is_some_and(|role| matches!(role.trim(), "presentation" | "none")) {
        return false;
    }
    let (mut cells, mut most, mut letters, mut paragraphs) = (0_usize, 0, 0, 0);
    for step in tree.walk(table) {
        let Step::Enter(id) = step else { continue };
        let name = match tree.data(id) {
            Data::Text(words) => {
                letters += weight(words);
                if cells > 0 && letters > CELL {
                    return false;
                }
                continue;
            }
            _ => tree.name(id),
        };
        match name {
            "tr" => cells = 0,
            "td" | "th" => {
                cells += 1;
                most = most.max(cells);
                (letters, paragraphs) = (0, 0);
            }
            "p" | "div" => {
                paragraphs += 1;
                if paragraphs > 4 {
                    return false;
                }
            }
            "table" if id != table => return false,
            "ul" | "ol" | "dl" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
            | "figure" | "article" | "section" | "form" | "nav" | "hr" | "center" => return false,
            _ => {}
        }
    }
    most > 1
}
