//! The words for what was done: "Commitment added."

use super::state::{How, Told};
use super::words::{count_with, say, say_with};
use crate::annotation::{Codebook, Id, What};

/// What was last done, in words: "Commitment added.", "Undone: commitment added."
pub fn sentence(told: &Told, codebook: &Codebook) -> String {
    let what = what_words(&told.what, codebook, told.sentences);
    match told.how {
        How::Done => format!("{what}."),
        How::Undone => say_with("told.undone", &[("what", &what)]),
        How::Redone => say_with("told.redone", &[("what", &what)]),
    }
}

/// What an edit did, without a full stop: "Commitment added".
pub fn what_words(what: &What, codebook: &Codebook, sentences: usize) -> String {
    let label_name =
        |label: &Id| codebook.label(label).map_or_else(|| label.to_string(), |label| label.name.clone());
    let with_label = |key: &str, label: &Id| match sentences {
        0 | 1 => say_with(key, &[("label", &label_name(label))]),
        many => count_with(&format!("{key}.many"), many, &[("label", &label_name(label))]),
    };
    let on_all = |key: &str| match sentences {
        0 | 1 => say(key),
        many => count_with("told.on-many", many, &[("what", &say(key))]),
    };
    match what {
        What::TagAdded { label } => with_label("told.tag-added", label),
        What::TagRemoved { label } => with_label("told.tag-removed", label),
        What::StrengthSet => on_all("told.strength"),
        What::BySet => on_all("told.by"),
        What::ToSet => on_all("told.to"),
        What::EvidenceSet => say("told.evidence"),
        What::NoteSet => say("told.note"),
        What::Judged => say("told.judged"),
        What::JudgementRemoved => say("told.judgement-removed"),
        What::SuggestionTaken => say("told.suggestion-taken"),
        What::SuggestionDismissed => say("told.suggestion-dismissed"),
        What::EntityAdded => say("told.entity-added"),
        What::EntityChanged => say("told.entity-changed"),
        What::EntityRemoved => say("told.entity-removed"),
        What::PartyChanged => say("told.party"),
        What::SentenceSplit => say("told.split"),
        What::SentencesMerged => say("told.merged"),
        What::MetaChanged => say("told.meta"),
        What::Imported => say("told.imported"),
    }
}
