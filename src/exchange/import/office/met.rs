//! What a reader of an office document left out or altered, said once for each kind.

use super::super::builder::Builder;
use super::counted;

/// What was met on the way.
#[derive(Debug, Default)]
pub(in super::super) struct Met {
    pub(in super::super) changes: usize,
    pub(in super::super) comments: usize,
    /// Stretches of hidden words.
    pub(in super::super) hidden: usize,
    /// Signs of a font that have no character.
    pub(in super::super) signs: usize,
    /// Files of other kinds that the document takes in.
    pub(in super::super) chunks: usize,
    /// Footnotes and endnotes that were put behind the text.
    pub(in super::super) notes: usize,
}

impl Met {
    /// Says it in warnings.
    pub(in super::super) fn warn(&self, builder: &mut Builder) {
        let mut warn = |count: usize, what: &str, place: &str, message: &str| {
            if count > 0 {
                builder.warn(
                    place,
                    format!(
                        "{}{message}",
                        if what.is_empty() { String::new() } else { counted(count, what) }
                    ),
                );
            }
        };
        warn(self.notes, "note", "notes", " put at the end of the text");
        let struck = " read as accepted: words that were struck out are not in the text";
        warn(self.changes, "tracked change", "tracked changes", struck);
        warn(self.comments, "comment", "comments", " left out");
        warn(self.hidden, "", "hidden words", "what the document hides is not in the text");
        warn(self.signs, "sign", "signs", " of special fonts replaced by \u{fffd}: no character is known");
        warn(self.chunks, "file", "embedded files", " left out");
    }
}
