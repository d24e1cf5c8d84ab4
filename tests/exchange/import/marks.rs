//! What holds for every article that an importer made.

use readout::exchange::Imported;
use readout::text::{BlockKind, analyse_marked};

/// Marks are trimmed, in order and apart, and only white space lies between them; line ends are LF.
#[track_caller]
pub(crate) fn check_marks(imported: &Imported) {
    let text = &imported.text;
    assert!(!text.contains('\r') && !text.contains('\0'), "{text:?}");
    let mut at = 0;
    for mark in &imported.marks {
        let words = mark.span.of(text);
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        let before = &text[at..mark.span.start as usize];
        assert!(before.trim().is_empty(), "{before:?} lies outside all blocks");
        at = mark.span.end as usize;
    }
    assert!(imported.marks.is_empty() || text[at..].trim().is_empty(), "{:?}", &text[at..]);
    // A heading of several lines is one heading.
    let outline = analyse_marked(text, &imported.marks);
    for mark in imported.marks.iter().filter(|mark| mark.kind == Some(BlockKind::Heading)) {
        assert!(outline.blocks().iter().any(|block| block.span == mark.span));
    }
}

/// The blocks as `kind: words`; the kind is empty where the words say it.
pub(crate) fn blocks(imported: &Imported) -> Vec<String> {
    let shown = |mark: &readout::text::Marked| {
        format!("{}: {}", mark.kind.map_or("", |kind| kind.name()), mark.span.of(&imported.text))
    };
    imported.marks.iter().map(shown).collect()
}
