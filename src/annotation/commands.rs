//! What a coder asks for, turned into edits.
//!
//! Each function looks at a document and answers the edit that does what is asked, or `None` when there is
//! nothing to do. None of them changes anything.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::codebook::LabelId;
use super::document::Document;
use super::edit::{Change, Edit, Swap, What};
use super::id::{Id, Stamp};
use super::model::{
    Actor, Entity, EntityStatus, Judgement, Meta, Origin, Party, Strength, Suggestion, SuggestionStatus, Tag,
};
use crate::entities::{EntityKind, PartyKind};
use crate::text::{Extra, Span};

/// Puts `label` on each of the sentences, or takes it away when the coder has it on all of them.
///
/// A sentence that gets a label loses the coder's "no label applies".
pub fn toggle_label(
    document: &Document,
    sentences: &[Span],
    label: &LabelId,
    mut stamp: Stamp,
) -> Option<Edit> {
    let set = &document.set;
    let mine = |sentence: Span| {
        let mut tags = set.tags_on(sentence);
        tags.retain(|tag| tag.label == *label && tag.coder == stamp.coder);
        tags
    };
    let has_all = sentences.iter().all(|&sentence| !mine(sentence).is_empty());
    let mut changes = Vec::new();
    if has_all {
        for &sentence in sentences {
            changes.extend(mine(sentence).into_iter().map(|tag| Change::Tag(Swap::take(tag))));
        }
        changes.dedup();
    } else {
        let bare: Vec<Span> = sentences.iter().copied().filter(|&it| mine(it).is_empty()).collect();
        for sentence in bare {
            changes.extend(judgements_by(document, sentence, &stamp.coder).map(take_judgement));
            changes.push(Change::Tag(Swap::put(new_tag(sentence, label, &mut stamp))));
        }
    }
    let label = label.clone();
    edit(if has_all { What::TagRemoved { label } } else { What::TagAdded { label } }, changes, &stamp)
}

/// Takes suggestions: the tags that they propose, with all that they say; where the coder has a label already, only
/// the suggestion is settled.
pub fn take_suggestions(
    document: &Document,
    suggestions: &[Rc<Suggestion>],
    mut stamp: Stamp,
) -> Option<Edit> {
    let set = &document.set;
    let mut changes = Vec::new();
    for suggestion in suggestions {
        let has_tag = set
            .tags_on(suggestion.span)
            .iter()
            .any(|it| it.label == suggestion.label && it.coder == stamp.coder);
        if !has_tag {
            changes.extend(judgements_by(document, suggestion.span, &stamp.coder).map(take_judgement));
            let bare = new_tag(suggestion.span, &suggestion.label, &mut stamp);
            changes.push(Change::Tag(Swap::put(Tag {
                strength: suggestion.strength,
                by: suggestion.by.clone(),
                to: suggestion.to.clone(),
                evidence: suggestion.evidence.clone(),
                origin: Origin::AcceptedSuggestion,
                ..bare
            })));
        }
        changes.extend(settled(document, suggestion, SuggestionStatus::Taken));
    }
    // Two suggestions on one sentence take the same judgement away.
    let mut seen = BTreeSet::new();
    changes.retain(|change| match change {
        Change::Judgement(swap) => seen.insert(swap.before.as_ref().map(|it| it.id.clone())),
        _ => true,
    });
    edit(What::SuggestionTaken, changes, &stamp)
}

/// Dismisses a suggestion.
pub fn dismiss_suggestion(document: &Document, suggestion: &Rc<Suggestion>, stamp: &Stamp) -> Option<Edit> {
    let changes = settled(document, suggestion, SuggestionStatus::Dismissed).into_iter().collect();
    edit(What::SuggestionDismissed, changes, stamp)
}

/// What was kept under the suggestion's id gives way to it as it is now.
fn settled(document: &Document, suggestion: &Rc<Suggestion>, status: SuggestionStatus) -> Option<Change> {
    let before = document.set.suggestions.get(&suggestion.id).cloned();
    let after = Some(Rc::new(Suggestion { status, ..suggestion.as_ref().clone() }));
    (before != after).then_some(Change::Suggestion(Swap { before, after }))
}

fn new_tag(sentence: Span, label: &LabelId, stamp: &mut Stamp) -> Tag {
    Tag {
        id: stamp.fresh_id(),
        span: sentence,
        sentence,
        label: label.clone(),
        // Nobody has said how firm it is yet.
        strength: None,
        by: Vec::new(),
        to: Vec::new(),
        evidence: Vec::new(),
        note: String::new(),
        origin: Origin::Person,
        coder: stamp.coder.clone(),
        created: stamp.at,
        modified: stamp.at,
        extra: Extra::new(),
    }
}

/// Says "read, no label applies" of each of the sentences, or takes it back when the coder said it of all.
///
/// The coder's tags on them go: a sentence cannot both bear a label and bear none.
pub fn toggle_judgement(document: &Document, sentences: &[Span], mut stamp: Stamp) -> Option<Edit> {
    let coder = stamp.coder.clone();
    let is_judged = |sentence: Span| judgements_by(document, sentence, &coder).next().is_some();
    let has_all = sentences.iter().all(|&sentence| is_judged(sentence));
    let mut changes = Vec::new();
    if has_all {
        for &sentence in sentences {
            changes.extend(judgements_by(document, sentence, &coder).map(take_judgement));
        }
        return edit(What::JudgementRemoved, changes, &stamp);
    }
    for &sentence in sentences.iter().filter(|&&sentence| !is_judged(sentence)) {
        let tags = document.set.tags_on(sentence).into_iter().filter(|tag| tag.coder == coder);
        changes.extend(tags.map(|tag| Change::Tag(Swap::take(tag))));
        let id = stamp.fresh_id();
        let judgement =
            Judgement { id, span: sentence, coder: coder.clone(), modified: stamp.at, extra: Extra::new() };
        changes.push(Change::Judgement(Swap::put(judgement)));
    }
    edit(What::Judged, changes, &stamp)
}

fn judgements_by(document: &Document, sentence: Span, coder: &Id) -> impl Iterator<Item = Rc<Judgement>> {
    let coder = coder.clone();
    document.set.judgements_on(sentence).into_iter().filter(move |judgement| judgement.coder == coder)
}

fn take_judgement(judgement: Rc<Judgement>) -> Change {
    Change::Judgement(Swap::take(judgement))
}

/// Changes one tag through `alter`; `None` when that leaves it as it is.
fn alter_tag(
    document: &Document,
    tag: &Id,
    what: What,
    stamp: &Stamp,
    alter: impl FnOnce(&mut Tag),
) -> Option<Edit> {
    let before = document.set.tags.get(tag)?.clone();
    let mut after = before.as_ref().clone();
    alter(&mut after);
    if after == *before {
        return None;
    }
    after.modified = stamp.at;
    edit(what, vec![Change::Tag(Swap::change(before, after))], stamp)
}

/// Takes one tag away.
pub fn remove_tag(document: &Document, tag: &Id, stamp: &Stamp) -> Option<Edit> {
    let tag = document.set.tags.get(tag)?.clone();
    edit(What::TagRemoved { label: tag.label.clone() }, vec![Change::Tag(Swap::take(tag))], stamp)
}

/// Says how firm a tag is.
pub fn set_strength(
    document: &Document,
    tag: &Id,
    strength: Option<Strength>,
    stamp: &Stamp,
) -> Option<Edit> {
    alter_tag(document, tag, What::StrengthSet, stamp, |tag| tag.strength = strength)
}

/// Says who acts.
pub fn set_by(document: &Document, tag: &Id, by: Vec<Actor>, stamp: &Stamp) -> Option<Edit> {
    alter_tag(document, tag, What::BySet, stamp, |tag| tag.by = by)
}

/// Says who receives or is addressed.
pub fn set_to(document: &Document, tag: &Id, to: Vec<Actor>, stamp: &Stamp) -> Option<Edit> {
    alter_tag(document, tag, What::ToSet, stamp, |tag| tag.to = to)
}

/// Says which words show it: those inside the tagged sentence, in order of the text, joined where they touch.
pub fn set_evidence(document: &Document, tag: &Id, evidence: Vec<Span>, stamp: &Stamp) -> Option<Edit> {
    alter_tag(document, tag, What::EvidenceSet, stamp, |tag| {
        let sentence = tag.sentence;
        let mut spans: Vec<Span> = evidence.into_iter().filter_map(|span| span.intersect(sentence)).collect();
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        tag.evidence.clear();
        for span in spans {
            match tag.evidence.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => tag.evidence.push(span),
            }
        }
    })
}

/// Writes a tag's note.
pub fn set_note(document: &Document, tag: &Id, note: &str, stamp: &Stamp) -> Option<Edit> {
    alter_tag(document, tag, What::NoteSet, stamp, |tag| tag.note = note.into())
}

/// Adds a party with this name and makes it act (`is_by`) or receive in one tag.
pub fn add_new_party(
    document: &Document,
    tag: &Id,
    is_by: bool,
    name: &str,
    kind: PartyKind,
    mut stamp: Stamp,
) -> Option<Edit> {
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    let id = stamp.fresh_id();
    let party = Party { id: id.clone(), name: name.into(), kind, of: None, extra: Extra::new() };
    let actor = Actor { party: Some(id), ..Actor::default() };
    let alter = |tag: &mut Tag| if is_by { tag.by.push(actor) } else { tag.to.push(actor) };
    let mut edit = alter_tag(document, tag, if is_by { What::BySet } else { What::ToSet }, &stamp, alter)?;
    edit.changes.insert(0, Change::Party(Swap::put(party)));
    Some(edit)
}

/// Marks words as a name. Names that it would overlap give way.
pub fn add_entity(document: &Document, span: Span, kind: EntityKind, mut stamp: Stamp) -> Option<Edit> {
    let text = &document.article.text;
    let span = span.trim(text);
    if span.is_empty() || !span.fits(text) {
        return None;
    }
    let mut changes: Vec<Change> =
        document.set.entities_in(span).into_iter().map(|entity| hide(entity, &stamp)).collect();
    // The same words elsewhere may already stand for somebody.
    let words = span.of(text);
    let party = document
        .set
        .parties
        .values()
        .find(|party| party.name.eq_ignore_ascii_case(words))
        .map(|party| party.id.clone());
    let entity = Entity {
        id: stamp.fresh_id(),
        span,
        kind,
        party,
        origin: Origin::Person,
        status: EntityStatus::Kept,
        coder: Some(stamp.coder.clone()),
        modified: Some(stamp.at),
        extra: Extra::new(),
    };
    changes.push(Change::Entity(Swap::put(entity)));
    edit(What::EntityAdded, changes, &stamp)
}

/// Changes what kind of name an entity is.
pub fn set_entity_kind(document: &Document, entity: &Id, kind: EntityKind, stamp: &Stamp) -> Option<Edit> {
    let before = document.set.entities.get(entity)?.clone();
    if before.kind == kind {
        return None;
    }
    let after = Entity { kind, ..decided(&before, stamp) };
    edit(What::EntityChanged, vec![Change::Entity(Swap::change(before, after))], stamp)
}

/// Takes a name away: one that a person added goes, one that the machine found is remembered as removed.
pub fn remove_entity(document: &Document, entity: &Id, stamp: &Stamp) -> Option<Edit> {
    let entity = document.set.entities.get(entity)?.clone();
    edit(What::EntityRemoved, vec![hide(entity, stamp)], stamp)
}

fn hide(entity: Rc<Entity>, stamp: &Stamp) -> Change {
    if entity.origin == Origin::Person {
        return Change::Entity(Swap::take(entity));
    }
    let after = Entity { status: EntityStatus::Removed, ..decided(&entity, stamp) };
    Change::Entity(Swap::change(entity, after))
}

fn decided(entity: &Entity, stamp: &Stamp) -> Entity {
    Entity { coder: Some(stamp.coder.clone()), modified: Some(stamp.at), ..entity.clone() }
}

/// Changes title, source, date or language.
pub fn set_meta(document: &Document, meta: Meta, stamp: &Stamp) -> Option<Edit> {
    let before = document.set.meta.clone();
    if *before == meta {
        return None;
    }
    edit(What::MetaChanged, vec![Change::Meta(Swap::change(before, meta))], stamp)
}

/// Cuts the sentence at byte `at`: both halves keep its tags and judgements.
pub fn split_sentence(document: &Document, sentence: Span, at: u32, mut stamp: Stamp) -> Option<Edit> {
    let text = &document.article.text;
    let left = Span { start: sentence.start, end: at }.trim(text);
    let right = Span { start: at, end: sentence.end }.trim(text);
    if !sentence.contains_offset(at) || left.is_empty() || right.is_empty() {
        return None;
    }
    let mut changes = vec![Change::Sentences { before: vec![sentence], after: vec![left, right] }];
    for tag in document.set.tags_on(sentence) {
        if tag.span != sentence {
            continue;
        }
        let half = |id: Id, span: Span| Tag {
            id,
            span,
            sentence: span,
            evidence: tag.evidence.iter().filter_map(|evidence| evidence.intersect(span)).collect(),
            modified: stamp.at,
            ..tag.as_ref().clone()
        };
        let kept = half(tag.id.clone(), left);
        let mut fresh = half(tag.id.clone(), right);
        fresh.id = stamp.fresh_id();
        changes.push(Change::Tag(Swap::change(tag.clone(), kept)));
        changes.push(Change::Tag(Swap::put(fresh)));
    }
    for judgement in document.set.judgements_on(sentence) {
        let half = |id: Id, span: Span| Judgement { id, span, ..judgement.as_ref().clone() };
        let kept = half(judgement.id.clone(), left);
        let fresh = half(stamp.fresh_id(), right);
        changes.push(Change::Judgement(Swap::change(judgement.clone(), kept)));
        changes.push(Change::Judgement(Swap::put(fresh)));
    }
    edit(What::SentenceSplit, changes, &stamp)
}

/// Joins the sentence with the next one of its block: the whole keeps the union of their tags, and a judgement
/// only where it keeps no tag of that coder.
pub fn merge_with_next(document: &Document, sentence: Span, stamp: &Stamp) -> Option<Edit> {
    let outline = &document.set.outline;
    let index = outline.index_of(sentence)?;
    let (first, second) = (outline.sentences().get(index)?, outline.sentences().get(index + 1)?);
    if first.block != second.block {
        return None;
    }
    let whole = first.span.cover(second.span);
    let mut changes = vec![Change::Sentences { before: vec![first.span, second.span], after: vec![whole] }];
    let mut kept: Vec<Tag> = Vec::new();
    for tag in [first.span, second.span].into_iter().flat_map(|span| document.set.tags_on(span)) {
        if tag.span != first.span && tag.span != second.span {
            continue;
        }
        let twin = kept.iter_mut().find(|twin| twin.label == tag.label && twin.coder == tag.coder);
        match twin {
            Some(twin) => {
                join(twin, &tag);
                changes.push(Change::Tag(Swap::take(tag)));
            }
            None => {
                kept.push(Tag { span: whole, sentence: whole, modified: stamp.at, ..tag.as_ref().clone() })
            }
        }
    }
    let coders: Vec<Id> = kept.iter().map(|tag| tag.coder.clone()).collect();
    for tag in kept {
        let before = document.set.tags.get(&tag.id)?.clone();
        changes.push(Change::Tag(Swap::change(before, tag)));
    }
    let mut judged: Vec<Id> = Vec::new();
    let judgements = [first.span, second.span].into_iter().flat_map(|span| document.set.judgements_on(span));
    for judgement in judgements {
        if coders.contains(&judgement.coder) || judged.contains(&judgement.coder) {
            changes.push(Change::Judgement(Swap::take(judgement)));
            continue;
        }
        judged.push(judgement.coder.clone());
        let after = Judgement { span: whole, ..judgement.as_ref().clone() };
        changes.push(Change::Judgement(Swap::change(judgement, after)));
    }
    edit(What::SentencesMerged, changes, stamp)
}

fn join(tag: &mut Tag, other: &Tag) {
    for actor in &other.by {
        if !tag.by.contains(actor) {
            tag.by.push(actor.clone());
        }
    }
    for actor in &other.to {
        if !tag.to.contains(actor) {
            tag.to.push(actor.clone());
        }
    }
    tag.evidence.extend(other.evidence.iter().copied());
    tag.evidence.sort_unstable();
    tag.evidence.dedup();
    // The firmer one stands: the whole sentence holds the firm words too.
    tag.strength = [tag.strength, other.strength].into_iter().flatten().min();
    if !other.note.is_empty() && tag.note != other.note {
        if !tag.note.is_empty() {
            tag.note.push('\n');
        }
        tag.note.push_str(&other.note);
    }
}

fn edit(what: What, changes: Vec<Change>, stamp: &Stamp) -> Option<Edit> {
    (!changes.is_empty()).then(|| Edit { what, at: stamp.at, coder: stamp.coder.clone(), changes })
}
