//! Opening a file whose text is already there: what is new is added, nothing is overwritten.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::error::Warning;
use super::incoming::{Annotated, Incoming, Kind, complete};
use crate::annotation::{
    Actor, Change, Codebook, Document, Edit, Entity, Id, Judgement, Origin, Party, Stamp, Swap, Tag, What,
};
use crate::entities::PartyKind;
use crate::text::Span;

/// What a file adds to a document that is already there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Merged {
    /// Adds what is new; none when nothing is.
    pub edit: Option<Edit>,
    /// The document's codebook with the labels that it lacks; none when it lacks none.
    pub codebook: Option<Rc<Codebook>>,
    /// What the file has otherwise than the document, and stays as it is.
    pub warnings: Vec<Warning>,
}

/// What `incoming` adds to `document`, which has the same text.
///
/// Tags and judgements that are new are added, with the parties that they name. What is already there and equal
/// is passed over; what differs stays as it is here and is reported. So doing it twice adds nothing.
pub fn merge_edit(document: &Document, incoming: &Incoming, stamp: &mut Stamp) -> Merged {
    let mut merged = Merged::default();
    let Kind::Annotated(annotated) = &incoming.kind else { return merged };
    if incoming.article.text != document.article.text {
        merged.warnings.push(Warning::new("text", "it is another one than the article's: nothing was added"));
        return merged;
    }
    let mut joining = Joining::new(document, annotated, stamp);
    let mut tags: Vec<Tag> = Vec::new();
    for tag in &annotated.tags {
        match joining.tag(tag) {
            Ok(Some(tag)) => {
                let sentence = joining.sentence(tag.span);
                joining.tagged.extend(sentence.map(|sentence| (tag.coder.clone(), sentence)));
                tags.push(tag);
            }
            Ok(None) => {}
            Err(message) => merged.warnings.push(joining.warning("tag", tag.span, message)),
        }
    }
    let mut judgements: Vec<Judgement> = Vec::new();
    for judgement in &annotated.judgements {
        match joining.judgement(judgement) {
            Ok(Some(judgement)) => judgements.push(judgement),
            Ok(None) => {}
            Err(message) => merged.warnings.push(joining.warning("judgement", judgement.span, message)),
        }
    }
    let names = annotated.entities.iter().flatten().filter(|entity| joining.is_news(entity)).count();
    if names > 0 {
        let what = if names == 1 { "one name".into() } else { format!("{names} names") };
        let message = format!("{what} that a person changed in the file stayed as they are here");
        merged.warnings.push(Warning::new("entities", message));
    }
    let (codebook, mut warnings) = complete(&document.codebook, &tags, &[]);
    merged.codebook = (!warnings.is_empty()).then_some(codebook);
    merged.warnings.append(&mut warnings);
    let mut changes: Vec<Change> = joining.added.into_iter().map(|it| Change::Party(Swap::put(it))).collect();
    changes.extend(tags.into_iter().map(|tag| Change::Tag(Swap::put(tag))));
    changes.extend(judgements.into_iter().map(|judgement| Change::Judgement(Swap::put(judgement))));
    merged.edit = (!changes.is_empty()).then(|| Edit {
        what: What::Imported,
        at: stamp.at,
        coder: stamp.coder.clone(),
        changes,
    });
    merged
}

/// One file on its way into one document.
struct Joining<'a> {
    document: &'a Document,
    stamp: &'a mut Stamp,
    /// The file's parties by id.
    of_file: HashMap<&'a Id, &'a Party>,
    /// Where the file's names stand, by id.
    entities: HashMap<&'a Id, Span>,
    /// The document's parties by what they are called and are.
    by_name: HashMap<(&'a str, PartyKind), &'a Id>,
    /// Who has tagged which sentence in what came in, by coder and the sentence's index.
    tagged: HashSet<(Id, usize)>,
    /// Whom the file's parties are here.
    parties: HashMap<Id, Id>,
    /// Parties that were not here, each after the one that it belongs to or with it.
    added: Vec<Party>,
    taken: HashSet<Id>,
}

impl<'a> Joining<'a> {
    fn new(document: &'a Document, annotated: &'a Annotated, stamp: &'a mut Stamp) -> Self {
        let here = document.set.parties.values();
        Self {
            document,
            stamp,
            of_file: annotated.parties.iter().map(|party| (&party.id, party)).collect(),
            entities: annotated.entities.iter().flatten().map(|entity| (&entity.id, entity.span)).collect(),
            by_name: here.map(|party| ((party.name.as_str(), party.kind), &party.id)).collect(),
            tagged: HashSet::new(),
            parties: HashMap::new(),
            added: Vec::new(),
            taken: HashSet::new(),
        }
    }

    /// The sentence in which a span starts; none in the white space between two.
    fn sentence(&self, span: Span) -> Option<usize> {
        let outline = &self.document.set.outline;
        let index = outline.index_at(span.start)?;
        outline.sentences().get(index)?.span.contains_offset(span.start).then_some(index)
    }

    fn warning(&self, name: &str, span: Span, message: &str) -> Warning {
        let article = &self.document.article;
        let chars = article.offsets.span_to_chars(&article.text, span);
        let place = chars.map(|chars| format!(" at {} to {}", chars.start, chars.end)).unwrap_or_default();
        Warning::new(format!("{name}{place}"), message)
    }

    /// The tag as it comes in; none when it is there already.
    fn tag(&mut self, tag: &Tag) -> Result<Option<Tag>, &'static str> {
        let set = &self.document.set;
        if set.judgements_on(tag.sentence).iter().any(|judgement| judgement.coder == tag.coder) {
            return Err("the same coder says here that no label applies: left as it is here");
        }
        let is_twin =
            |other: &Tag| other.coder == tag.coder && other.label == tag.label && other.span == tag.span;
        let twin = set.tags.touching(tag.span).into_iter().find(|other| is_twin(other));
        let there = set.tags.get(&tag.id).cloned().or(twin);
        // Whom it names is settled only for one that comes in, so that nobody is added in vain.
        let settled = match &there {
            Some(there) => {
                let (mut old, mut new) = (there.as_ref().clone(), tag.clone());
                new.by = self.known(&tag.by);
                new.to = self.known(&tag.to);
                (old.id, old.created, old.modified) = (new.id.clone(), new.created, new.modified);
                // The other's names may be those of this document or of the file: either says the same.
                let same = old == new || old == *tag;
                return if same { Ok(None) } else { Err("it is otherwise here: left as it is here") };
            }
            None => Tag { by: self.actors(&tag.by), to: self.actors(&tag.to), ..tag.clone() },
        };
        Ok(Some(settled))
    }

    /// The judgement as it comes in; none when it is there already.
    fn judgement(&mut self, judgement: &Judgement) -> Result<Option<Judgement>, &'static str> {
        let set = &self.document.set;
        let same_coder = |tag: &Tag| tag.coder == judgement.coder;
        if set.judgements_on(judgement.span).iter().any(|other| other.coder == judgement.coder) {
            return Ok(None);
        }
        let is_tagged = set.tags_on(judgement.span).iter().any(|tag| same_coder(tag))
            || self
                .sentence(judgement.span)
                .is_some_and(|sentence| self.tagged.contains(&(judgement.coder.clone(), sentence)));
        if is_tagged {
            return Err("the same coder has tagged the sentence here: left as it is here");
        }
        let mut judgement = judgement.clone();
        if set.judgements.get(&judgement.id).is_some() {
            judgement.id = self.stamp.fresh_id();
        }
        Ok(Some(judgement))
    }

    /// Whether a name in the file was changed by a person and is not so here.
    fn is_news(&self, entity: &Entity) -> bool {
        let is_same = |other: &Entity| {
            other.span == entity.span && other.kind == entity.kind && other.status == entity.status
        };
        let by_person = entity.coder.is_some() || entity.origin != Origin::Machine;
        by_person && !self.document.set.entities.touching(entity.span).iter().any(|other| is_same(other))
    }

    fn actors(&mut self, actors: &[Actor]) -> Vec<Actor> {
        let parties: Vec<Option<Id>> =
            actors.iter().map(|actor| actor.party.as_ref().map(|party| self.settle(party))).collect();
        self.known(actors).into_iter().zip(parties).map(|(actor, party)| Actor { party, ..actor }).collect()
    }

    /// Actors with the entities and parties that they are here, where they are here.
    fn known(&self, actors: &[Actor]) -> Vec<Actor> {
        let known = |actor: &Actor| {
            let party = actor.party.as_ref().map(|id| self.find(id).unwrap_or_else(|| id.clone()));
            let (span, entity) = self.entity(actor);
            Actor { span, entity, party, extra: actor.extra.clone() }
        };
        actors.iter().map(known).collect()
    }

    /// The words and the entity of an actor: an id means something only in its own file, the place in both.
    fn entity(&self, actor: &Actor) -> (Option<Span>, Option<Id>) {
        let Some(id) = &actor.entity else { return (actor.span, None) };
        let Some(span) = self.entities.get(id).copied().or(actor.span) else { return (None, None) };
        let here = self.document.set.entities.touching(span);
        let entity = here.into_iter().find(|entity| entity.span == span).map(|entity| entity.id.clone());
        (actor.span.or(Some(span)), entity)
    }

    /// The party here that is the file's party `id`.
    fn find(&self, id: &Id) -> Option<Id> {
        if let Some(known) = self.parties.get(id) {
            return Some(known.clone());
        }
        let here = &self.document.set.parties;
        let Some(party) = self.of_file.get(id) else { return here.get(id).map(|party| party.id.clone()) };
        let is_same = |other: &Party| other.name == party.name && other.kind == party.kind;
        let by_id = here.get(id).filter(|other| is_same(other));
        let by_name = || self.by_name.get(&(party.name.as_str(), party.kind)).copied();
        by_id.map(|party| &party.id).or_else(by_name).cloned()
    }

    /// The party here that is the file's party `id`, which is added when there is none.
    fn settle(&mut self, id: &Id) -> Id {
        if let Some(known) = self.find(id) {
            return known;
        }
        let Some(party) = self.of_file.get(id).copied() else { return id.clone() };
        let is_free = self.document.set.parties.get(id).is_none() && !self.taken.contains(id);
        let new = if is_free { id.clone() } else { self.stamp.fresh_id() };
        self.taken.insert(new.clone());
        self.parties.insert(id.clone(), new.clone());
        let of = party.of.as_ref().map(|of| self.settle(of));
        self.added.push(Party { id: new.clone(), of, ..party.clone() });
        new
    }
}
