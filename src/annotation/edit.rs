//! Edits: every change of annotations as a value that can be applied, inverted, stored and sent.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::id::{Id, Timestamp};
use super::layer::{Layer, Placed};
use super::model::{Entity, Judgement, Meta, Party, Suggestion, Tag};
use super::set::AnnotationSet;
use crate::text::Span;

/// What an edit did, for the words "Commitment added. Undo".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum What {
    /// A label was put.
    TagAdded {
        /// Which.
        label: Id,
    },
    /// A label was taken away.
    TagRemoved {
        /// Which.
        label: Id,
    },
    /// A commitment became firm or soft.
    StrengthSet,
    /// Who acts changed.
    BySet,
    /// Who receives changed.
    ToSet,
    /// The words that show it changed.
    EvidenceSet,
    /// The note changed.
    NoteSet,
    /// "No label applies" was said.
    Judged,
    /// "No label applies" was taken back.
    JudgementRemoved,
    /// A suggestion became a tag.
    SuggestionTaken,
    /// A suggestion was dismissed.
    SuggestionDismissed,
    /// A name was added.
    EntityAdded,
    /// A name changed.
    EntityChanged,
    /// A name was taken away.
    EntityRemoved,
    /// A party was added or changed.
    PartyChanged,
    /// A sentence was cut in two.
    SentenceSplit,
    /// Two sentences became one.
    SentencesMerged,
    /// Title, source, date or language changed.
    MetaChanged,
    /// Annotations came in from a file.
    Imported,
}

/// One change: what stood there before and what stands there after. Turned round it undoes itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of")]
pub enum Change {
    /// Of a tag.
    Tag(Swap<Tag>),
    /// Of a judgement.
    Judgement(Swap<Judgement>),
    /// Of a name.
    Entity(Swap<Entity>),
    /// Of a party.
    Party(Swap<Party>),
    /// Of a suggestion.
    Suggestion(Swap<Suggestion>),
    /// Of what is known about the article.
    Meta(Swap<Meta>),
    /// Of a run of sentences inside one block.
    Sentences {
        /// The run as it was.
        before: Vec<Span>,
        /// The run as it becomes: the same words, cut elsewhere.
        after: Vec<Span>,
    },
}

/// Before and after of one thing; `None`: it was or will not be there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Swap<T> {
    /// What stood there.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub before: Option<Rc<T>>,
    /// What stands there after.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub after: Option<Rc<T>>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> Swap<T> {
    /// Puts something new.
    pub fn put(after: T) -> Self {
        Self { before: None, after: Some(Rc::new(after)) }
    }

    /// Takes something away.
    pub fn take(before: Rc<T>) -> Self {
        Self { before: Some(before), after: None }
    }

    /// Changes something.
    pub fn change(before: Rc<T>, after: T) -> Self {
        Self { before: Some(before), after: Some(Rc::new(after)) }
    }

    fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

impl Change {
    /// The change that takes this one back.
    pub fn inverse(&self) -> Self {
        match self {
            Self::Tag(swap) => Self::Tag(swap.inverse()),
            Self::Judgement(swap) => Self::Judgement(swap.inverse()),
            Self::Entity(swap) => Self::Entity(swap.inverse()),
            Self::Party(swap) => Self::Party(swap.inverse()),
            Self::Suggestion(swap) => Self::Suggestion(swap.inverse()),
            Self::Meta(swap) => Self::Meta(swap.inverse()),
            Self::Sentences { before, after } => {
                Self::Sentences { before: after.clone(), after: before.clone() }
            }
        }
    }
}

/// One change of annotations as a coder sees it: all of it happens or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What it did.
    pub what: What,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub coder: Id,
    /// What changes, in order.
    pub changes: Vec<Change>,
}

impl Edit {
    /// The edit that takes this one back: the changes turned round, last first.
    pub fn inverse(&self) -> Self {
        Self { changes: self.changes.iter().rev().map(Change::inverse).collect(), ..self.clone() }
    }
}

/// Where an edit changed something, for the views to draw anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Stretches whose marks changed.
    pub spans: Vec<Span>,
    /// Whether sentences were cut anew, so that numbers and ids moved.
    pub outline: bool,
    /// Whether parties changed.
    pub parties: bool,
}

impl Touched {
    fn add(&mut self, span: Option<Span>) {
        self.spans.extend(span);
    }
}

/// An edit does not fit what stands in the set; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// What should stand before does not.
    #[error("{kind} {id} is not as the edit expects it")]
    Stale {
        /// Kind of annotation.
        kind: &'static str,
        /// Its id.
        id: Id,
    },
    /// A span does not lie on character boundaries inside the text.
    #[error("bytes {} to {} are not a stretch of the text", .0.start, .0.end)]
    Span(Span),
    /// A run of sentences is not there, or the new one does not cover the same words.
    #[error("the sentences from byte {0} cannot be cut so")]
    Sentences(u32),
    /// Before and after are not the same thing.
    #[error("a change of {0} goes from one thing to another")]
    Mixed(&'static str),
}

impl AnnotationSet {
    /// Applies an edit: all of it, or nothing and why.
    pub fn apply(&mut self, text: &str, edit: &Edit) -> Result<Touched, Conflict> {
        let mut next = self.clone();
        let mut touched = Touched::default();
        for change in &edit.changes {
            next.apply_change(text, change, &mut touched)?;
        }
        *self = next;
        Ok(touched)
    }

    fn apply_change(&mut self, text: &str, change: &Change, touched: &mut Touched) -> Result<(), Conflict> {
        match change {
            Change::Tag(swap) => {
                let places = swap_places(swap, text, "tag")?;
                self.counting(&places, |set| put(&mut set.tags, swap, touched, "tag"))?;
                count(swap, |tag, by| self.count_tag(tag, by));
            }
            Change::Judgement(swap) => {
                let places = swap_places(swap, text, "judgement")?;
                self.counting(&places, |set| put(&mut set.judgements, swap, touched, "judgement"))?;
            }
            Change::Entity(swap) => {
                swap_places(swap, text, "entity")?;
                put(&mut self.entities, swap, touched, "entity")?;
                count(swap, |entity, by| self.count_entity(entity, by));
            }
            Change::Suggestion(swap) => {
                swap_places(swap, text, "suggestion")?;
                put(&mut self.suggestions, swap, touched, "suggestion")?;
            }
            Change::Party(swap) => {
                let id = match (&swap.before, &swap.after) {
                    (Some(before), Some(after)) if before.id != after.id => {
                        return Err(Conflict::Mixed("party"));
                    }
                    (Some(party), _) | (None, Some(party)) => party.id.clone(),
                    (None, None) => return Ok(()),
                };
                if self.parties.get(&id) != swap.before.as_ref() {
                    return Err(Conflict::Stale { kind: "party", id });
                }
                match &swap.after {
                    Some(party) => self.parties.insert_mut(id, party.clone()),
                    None => {
                        self.parties.remove_mut(&id);
                    }
                }
                touched.parties = true;
            }
            Change::Meta(swap) => {
                if swap.before.as_ref() != Some(&self.meta) {
                    return Err(Conflict::Stale { kind: "title", id: Id::from("meta") });
                }
                if let Some(meta) = &swap.after {
                    self.meta = meta.clone();
                }
            }
            Change::Sentences { before, after } => {
                let start = before.first().map_or(0, |span| span.start);
                let outline = self.outline.replace(text, before, after).ok_or(Conflict::Sentences(start))?;
                self.outline = Rc::new(outline);
                // Cutting sentences is rare and renumbers them all, so counting anew is no loss.
                self.recount();
                touched.outline = true;
                touched.spans.extend(before.iter().copied());
            }
        }
        Ok(())
    }
}

/// Where a swap changes something; an error when a span is not a stretch of the text.
fn swap_places<T: Placed>(swap: &Swap<T>, text: &str, kind: &'static str) -> Result<Vec<u32>, Conflict> {
    if let (Some(before), Some(after)) = (&swap.before, &swap.after)
        && before.id() != after.id()
    {
        return Err(Conflict::Mixed(kind));
    }
    let sides = [&swap.before, &swap.after];
    let spans = || sides.into_iter().flatten().map(|item| item.span());
    match spans().find(|span| !span.fits(text) || span.is_empty()) {
        Some(span) => Err(Conflict::Span(span)),
        None => Ok(spans().map(|span| span.start).collect()),
    }
}

fn put<T: Placed + PartialEq>(
    layer: &mut Layer<T>,
    swap: &Swap<T>,
    touched: &mut Touched,
    kind: &'static str,
) -> Result<(), Conflict> {
    let sides = [&swap.before, &swap.after];
    let Some(id) = sides.into_iter().flatten().map(|item| item.id()).next() else { return Ok(()) };
    if layer.get(id) != swap.before.as_ref() {
        return Err(Conflict::Stale { kind, id: id.clone() });
    }
    match &swap.after {
        Some(after) => layer.insert(after.clone()),
        None => layer.remove(id),
    };
    touched.add(swap.before.as_ref().map(|item| item.span()));
    touched.add(swap.after.as_ref().map(|item| item.span()));
    Ok(())
}

fn count<T>(swap: &Swap<T>, mut count: impl FnMut(&T, i32)) {
    if let Some(before) = &swap.before {
        count(before, -1);
    }
    if let Some(after) = &swap.after {
        count(after, 1);
    }
}
