//! Everything that is annotated in one article.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rpds::RedBlackTreeMap;

use super::id::Id;
use super::layer::Layer;
use super::model::{Entity, EntityStatus, Judgement, Meta, Origin, Party, Suggestion, SuggestionStatus, Tag};
use super::proposed::Proposed;
use crate::entities::{EntityKind, FoundParty, Mention, Names};
use crate::text::{Outline, Sentence, Span};

/// The annotations of one article, cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnotationSet {
    /// Title, source, date, language.
    pub meta: Rc<Meta>,
    /// Blocks and sentences.
    pub outline: Rc<Outline>,
    /// Labels put on sentences.
    pub tags: Layer<Tag>,
    /// "Read, no label applies".
    pub judgements: Layer<Judgement>,
    /// Names, kept and removed.
    pub entities: Layer<Entity>,
    /// The machine's proposals.
    pub suggestions: Layer<Suggestion>,
    /// Who acts or receives, by id.
    pub parties: RedBlackTreeMap<Id, Rc<Party>>,
    /// What is suggested now, in place of the open ones among `suggestions`; none: those stand as they are.
    pub proposed: Option<Rc<Proposed>>,
    counts: Counts,
}

/// Figures kept up to date by every change, so that showing them costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Counted sentences that have a tag or a judgement.
    pub judged: u32,
    /// Tags by label.
    pub tags: BTreeMap<Id, u32>,
    /// Entities that stand, by kind.
    pub entities: BTreeMap<EntityKind, u32>,
}

impl AnnotationSet {
    /// The set as the analysis left it: an outline and names, nothing decided.
    pub fn analysed(meta: Meta, outline: Outline, names: &Names) -> Self {
        let party_id = |index: usize| Id::new(format!("p{index}"));
        let entities = names.mentions.iter().enumerate().map(|(index, mention)| Entity {
            id: Id::new(format!("e{index}")),
            span: mention.span,
            kind: mention.kind,
            party: mention.party.map(party_id),
            origin: Origin::Machine,
            status: EntityStatus::Kept,
            coder: None,
            modified: None,
            extra: BTreeMap::new(),
        });
        let parties = names.parties.iter().enumerate().map(|(index, party)| Party {
            id: party_id(index),
            name: party.name.clone(),
            kind: party.kind,
            of: party.of.map(party_id),
            extra: BTreeMap::new(),
        });
        Self::new(meta, outline, entities.collect(), parties.collect(), Vec::new())
    }

    /// The set of what a file or the store says the analysis found.
    pub fn new(
        meta: Meta,
        outline: Outline,
        entities: Vec<Entity>,
        parties: Vec<Party>,
        suggestions: Vec<Suggestion>,
    ) -> Self {
        let mut set = Self {
            meta: Rc::new(meta),
            outline: Rc::new(outline),
            tags: Layer::default(),
            judgements: Layer::default(),
            entities: Layer::new(entities.into_iter().map(Rc::new).collect()),
            suggestions: Layer::new(suggestions.into_iter().map(Rc::new).collect()),
            parties: parties.into_iter().map(|party| (party.id.clone(), Rc::new(party))).collect(),
            proposed: None,
            counts: Counts::default(),
        };
        set.recount();
        set
    }

    /// Figures about the set.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Tags that begin in this sentence, in order of the text.
    pub fn tags_on(&self, sentence: Span) -> Vec<Rc<Tag>> {
        let mut tags = self.tags.touching(sentence);
        tags.retain(|tag| sentence.contains_offset(tag.span.start));
        tags
    }

    /// Suggestions on this sentence on which nobody has decided, of labels that it does not bear; the surest first.
    pub fn suggestions_on(&self, sentence: Span) -> Vec<Rc<Suggestion>> {
        let mut open = self.suggestions.touching(sentence);
        open.retain(|it| sentence.contains_offset(it.span.start));
        if let Some(proposed) = &self.proposed {
            open.retain(|it| it.status != SuggestionStatus::Open);
            let fresh = proposed.at(sentence.start).iter();
            let fresh: Vec<_> =
                fresh.filter(|it| !open.iter().any(|old| old.label == it.label)).cloned().collect();
            open = fresh;
        }
        let tags = self.tags_on(sentence);
        open.retain(|it| {
            it.status == SuggestionStatus::Open && !tags.iter().any(|tag| tag.label == it.label)
        });
        open.sort_by(|left, right| right.score.total_cmp(&left.score));
        open
    }

    /// The suggestion with this id, as it is now.
    pub fn suggestion(&self, id: &Id) -> Option<Rc<Suggestion>> {
        let kept = self.suggestions.get(id);
        let decided = kept.filter(|it| it.status != SuggestionStatus::Open);
        let now = || self.proposed.as_ref().and_then(|it| it.get(id));
        decided.or_else(now).or(kept).cloned()
    }

    /// Every open suggestion on a sentence that is not judged, in order of the text. Grows with the article.
    pub fn open_suggestions(&self) -> Vec<Rc<Suggestion>> {
        let starts: BTreeSet<u32> = match &self.proposed {
            Some(proposed) => proposed.iter().map(|it| it.span.start).collect(),
            None => self.suggestions.iter().map(|it| it.span.start).collect(),
        };
        let sentences = starts.into_iter().filter_map(|start| self.sentence_at(start)).map(|it| it.span);
        let mut open = Vec::new();
        for sentence in sentences.filter(|&it| !self.is_judged(it)) {
            open.extend(self.suggestions_on(sentence));
        }
        open
    }

    /// The names that stand, as the analysis would give them; parties in the order of [`Self::parties`].
    pub fn names(&self) -> Names {
        let index: BTreeMap<&Id, usize> = self.parties.keys().zip(0..).collect();
        let kept = self.entities.iter().filter(|entity| entity.status == EntityStatus::Kept);
        let mut mentions: Vec<Mention> = Vec::new();
        for entity in kept {
            if mentions.last().is_some_and(|last| entity.span.start < last.span.end) {
                continue;
            }
            let party = entity.party.as_ref().and_then(|party| index.get(party).copied());
            mentions.push(Mention { span: entity.span, kind: entity.kind, party });
        }
        let of = |party: &Party| party.of.as_ref().and_then(|of| index.get(of).copied());
        let parties = self.parties.values();
        let parties =
            parties.map(|party| FoundParty { name: party.name.clone(), kind: party.kind, of: of(party) });
        Names { mentions, parties: parties.collect() }
    }

    /// Judgements on this sentence.
    pub fn judgements_on(&self, sentence: Span) -> Vec<Rc<Judgement>> {
        let mut judgements = self.judgements.touching(sentence);
        judgements.retain(|judgement| sentence.contains_offset(judgement.span.start));
        judgements
    }

    /// Names that stand in this stretch.
    pub fn entities_in(&self, span: Span) -> Vec<Rc<Entity>> {
        let mut entities = self.entities.touching(span);
        entities.retain(|entity| entity.status == EntityStatus::Kept);
        entities
    }

    /// Whether a sentence has a tag or a judgement.
    pub fn is_judged(&self, sentence: Span) -> bool {
        !self.tags_on(sentence).is_empty() || !self.judgements_on(sentence).is_empty()
    }

    /// The sentence that holds the byte at `offset`, or the last one before it.
    pub fn sentence_at(&self, offset: u32) -> Option<&Sentence> {
        self.outline.sentences().get(self.outline.index_at(offset)?)
    }

    /// Counts anew; once at opening, never at a key press.
    pub(super) fn recount(&mut self) {
        let mut counts = Counts::default();
        for tag in self.tags.iter() {
            *counts.tags.entry(tag.label.clone()).or_default() += 1;
        }
        for entity in self.entities.iter().filter(|entity| entity.status == EntityStatus::Kept) {
            *counts.entities.entry(entity.kind).or_default() += 1;
        }
        let mut judged: Vec<usize> = self
            .tags
            .iter()
            .map(|tag| tag.span.start)
            .chain(self.judgements.iter().map(|judgement| judgement.span.start))
            .filter_map(|start| self.outline.index_at(start))
            .collect();
        judged.sort_unstable();
        judged.dedup();
        let is_counted =
            |&&index: &&usize| self.outline.sentences().get(index).is_some_and(|it| it.number.is_some());
        counts.judged = judged.iter().filter(is_counted).count() as u32;
        self.counts = counts;
    }

    /// Keeps the counts while `change` alters something at `places`.
    pub(super) fn counting<R>(&mut self, places: &[u32], change: impl FnOnce(&mut Self) -> R) -> R {
        let mut sentences: Vec<Span> = places
            .iter()
            .filter_map(|&offset| self.sentence_at(offset))
            .filter(|sentence| sentence.number.is_some())
            .map(|sentence| sentence.span)
            .collect();
        sentences.sort_unstable();
        sentences.dedup();
        let judged =
            |set: &Self| sentences.iter().filter(|&&sentence| set.is_judged(sentence)).count() as u32;
        let before = judged(self);
        let result = change(self);
        let after = judged(self);
        self.counts.judged = (self.counts.judged + after).saturating_sub(before);
        result
    }

    /// Keeps count of tags.
    pub(super) fn count_tag(&mut self, tag: &Tag, by: i32) {
        add(&mut self.counts.tags, tag.label.clone(), by);
    }

    /// Keeps count of names that stand.
    pub(super) fn count_entity(&mut self, entity: &Entity, by: i32) {
        if entity.status == EntityStatus::Kept {
            add(&mut self.counts.entities, entity.kind, by);
        }
    }
}

/// Adds to a count; one that comes to nothing is not kept, so that equal sets count equally.
fn add<K: Ord>(counts: &mut BTreeMap<K, u32>, key: K, by: i32) {
    let count = counts.get(&key).copied().unwrap_or_default().saturating_add_signed(by);
    if count == 0 {
        counts.remove(&key);
    } else {
        counts.insert(key, count);
    }
}
