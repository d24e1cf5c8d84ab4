//! A text put together block by block.

use super::super::{Imported, MAX_TEXT_BYTES, OpenError, Warning, binary, text};
use crate::annotation::Meta;
use crate::text::{BlockKind, Marked, Span};

/// Puts a text together block by block. Blocks stand apart by a blank line, list items by a line end.
#[derive(Debug, Default)]
pub(super) struct Builder {
    text: String,
    marks: Vec<Marked>,
    warnings: Vec<Warning>,
    /// NULs that were replaced.
    nuls: usize,
}

impl Builder {
    /// Adds a block, trimmed; one without words is left out. Line ends in it become LF, NUL becomes U+FFFD.
    ///
    /// `kind` is what the file says it is; `None` where it only sets it apart.
    ///
    /// # Errors
    /// [`OpenError::TooLarge`] once the text is longer than is taken.
    pub(super) fn block(&mut self, kind: Option<BlockKind>, words: &str) -> Result<(), OpenError> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(());
        }
        if let Some(last) = self.marks.last() {
            let is_list = last.kind == Some(BlockKind::ListItem) && kind == last.kind;
            self.text.push_str(if is_list { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        self.nuls += text::push_clean(&mut self.text, words);
        if self.text.len() > MAX_TEXT_BYTES {
            return Err(OpenError::TooLarge { bytes: self.text.len(), limit: MAX_TEXT_BYTES });
        }
        self.marks.push(Marked { kind, span: Span::new(start, self.text.len()) });
        Ok(())
    }

    /// Adds a block whose kind is open, in which the author broke lines.
    ///
    /// Each line is a block of its own, for its words to say what it is: authors break lines instead of beginning a
    /// paragraph. Where a line goes on in the next one, inside a sentence, both are one paragraph.
    ///
    /// # Errors
    /// As [`block`](Self::block).
    pub(super) fn lines(&mut self, words: &str) -> Result<(), OpenError> {
        let mut start = 0;
        let mut end = 0;
        let mut has_joint = false;
        for line in words.split_inclusive('\n') {
            let before = words.get(start..end).unwrap_or_default().trim();
            let goes_on = before.ends_with(',') || line.trim_start().starts_with(char::is_lowercase);
            if !before.is_empty() && !line.trim().is_empty() {
                if goes_on {
                    has_joint = true;
                } else {
                    self.block(has_joint.then_some(BlockKind::Paragraph), before)?;
                    (start, has_joint) = (end, false);
                }
            }
            end += line.len();
        }
        self.block(has_joint.then_some(BlockKind::Paragraph), words.get(start..).unwrap_or_default())
    }

    /// Notes that something was left out or altered.
    pub(super) fn warn(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.warnings.push(Warning::new(place, message));
    }

    /// Notes what was found before the blocks were.
    pub(super) fn warnings(&mut self, warnings: Vec<Warning>) {
        self.warnings.extend(warnings);
    }

    /// The article. `importer` is its name and version: `html 1`; `bytes` is the file as it came.
    ///
    /// # Errors
    /// [`OpenError`] when there are no words, or so many control characters that it is no text.
    pub(super) fn finish(
        mut self,
        name: &str,
        bytes: &[u8],
        importer: &str,
        meta: Meta,
    ) -> Result<Imported, OpenError> {
        if self.text.trim_matches(|it: char| it.is_whitespace() || it == '\u{fffd}').is_empty() {
            return Err(OpenError::Empty);
        }
        if let Some(error) = binary::by_controls(&self.text) {
            return Err(error);
        }
        match self.nuls {
            0 => {}
            1 => self.warn("the text", "a NUL was replaced by \u{fffd}"),
            nuls => self.warn("the text", format!("{nuls} NULs were replaced by \u{fffd}")),
        }
        let original = text::original(name, bytes, importer);
        Ok(Imported { text: self.text, marks: self.marks, meta, original, warnings: self.warnings })
    }
}
