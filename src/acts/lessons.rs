//! What an edit teaches: which labels fit which sentences.

use crate::annotation::{Change, Edit, LabelId, SuggestionStatus, What};
use crate::text::Span;

/// What the coder said about one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taught {
    /// The sentence.
    pub sentence: Span,
    /// The label; none for every label that is known.
    pub label: Option<String>,
    /// Whether it fits.
    pub fits: bool,
    /// Whether this takes an earlier lesson back.
    pub is_taken_back: bool,
}

/// The lessons in an edit that was done, or undone. What came with a file teaches nothing: others may have made it.
pub fn lessons(edit: &Edit, is_undone: bool) -> Vec<Taught> {
    if edit.what == What::Imported {
        return Vec::new();
    }
    let mut lessons = Vec::new();
    let mut teach = |sentence: Span, label: Option<&LabelId>, fits: bool, is_gone: bool| {
        let is_taken_back = is_gone != is_undone;
        let label = label.map(|label| label.as_str().to_owned());
        lessons.push(Taught { sentence, label, fits, is_taken_back });
    };
    for change in &edit.changes {
        match change {
            Change::Tag(swap) => match (&swap.before, &swap.after) {
                (None, Some(tag)) => teach(tag.sentence, Some(&tag.label), true, false),
                (Some(tag), None) => teach(tag.sentence, Some(&tag.label), true, true),
                _ => {}
            },
            Change::Suggestion(swap) => {
                if let Some(after) = &swap.after
                    && after.status == SuggestionStatus::Dismissed
                {
                    teach(after.span, Some(&after.label), false, false);
                }
            }
            Change::Judgement(swap) => {
                let (judgement, is_gone) = match (&swap.before, &swap.after) {
                    (None, Some(judgement)) => (judgement, false),
                    (Some(judgement), None) => (judgement, true),
                    _ => continue,
                };
                teach(judgement.span, None, false, is_gone);
            }
            _ => {}
        }
    }
    lessons
}
