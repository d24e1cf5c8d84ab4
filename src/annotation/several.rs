//! Edits that reach the tags of one label on several sentences: one edit, one undo.
//!
//! The first tag is the one that the coder looks at; the others get the same change, not the same whole.

use std::rc::Rc;

use super::commands;
use super::document::Document;
use super::edit::Edit;
use super::id::{Id, Stamp};
use super::model::{Actor, EntityStatus, Strength, Tag};
use crate::entities::PartyKind;

/// Says how firm each of the tags is.
pub fn set_strength(
    document: &Document,
    tags: &[Id],
    strength: Option<Strength>,
    stamp: &Stamp,
) -> Option<Edit> {
    together(tags.iter().filter_map(|tag| commands::set_strength(document, tag, strength, stamp)))
}

/// Gives the first tag these actors (`is_by`: who acts; else who receives). Who came in comes into the others too,
/// who went leaves them; what else they have stays.
pub fn set_actors(
    document: &Document,
    tags: &[Id],
    is_by: bool,
    actors: &[Actor],
    stamp: &Stamp,
) -> Option<Edit> {
    let (first, others) = tags.split_first()?;
    let before = actors_of(document.set.tags.get(first)?, is_by);
    let came: Vec<&Actor> = actors.iter().filter(|actor| !before.contains(actor)).collect();
    let went: Vec<&Actor> = before.iter().filter(|actor| !actors.contains(actor)).collect();
    let edits = others.iter().filter_map(|id| {
        let tag = document.set.tags.get(id)?;
        let mut theirs = actors_of(tag, is_by).to_vec();
        theirs.retain(|it| !went.iter().any(|actor| is_same(actor, it)));
        for actor in &came {
            if !theirs.iter().any(|it| is_same(actor, it)) {
                theirs.push(named_in(document, tag, actor));
            }
        }
        set(document, id, is_by, theirs, stamp)
    });
    together(set(document, first, is_by, actors.to_vec(), stamp).into_iter().chain(edits))
}

/// Adds a party with this name and makes it act (`is_by`) or receive in each of the tags.
pub fn add_party(
    document: &Document,
    tags: &[Id],
    is_by: bool,
    name: &str,
    kind: PartyKind,
    stamp: Stamp,
) -> Option<Edit> {
    let (first, others) = tags.split_first()?;
    // The command gives the party the stamp's first id.
    let actor = Actor { party: Some(stamp.clone().fresh_id()), ..Actor::default() };
    let added = commands::add_new_party(document, first, is_by, name, kind, stamp.clone())?;
    let edits = others.iter().filter_map(|id| {
        let mut theirs = actors_of(document.set.tags.get(id)?, is_by).to_vec();
        theirs.push(actor.clone());
        set(document, id, is_by, theirs, &stamp)
    });
    together(std::iter::once(added).chain(edits))
}

fn actors_of(tag: &Rc<Tag>, is_by: bool) -> &[Actor] {
    if is_by { &tag.by } else { &tag.to }
}

fn set(document: &Document, tag: &Id, is_by: bool, actors: Vec<Actor>, stamp: &Stamp) -> Option<Edit> {
    if is_by {
        commands::set_by(document, tag, actors, stamp)
    } else {
        commands::set_to(document, tag, actors, stamp)
    }
}

/// Whether two actors are the same one: the same party, or without a party the same words.
fn is_same(one: &Actor, other: &Actor) -> bool {
    match (&one.party, &other.party) {
        (None, None) => one.span == other.span,
        (one, other) => one == other,
    }
}

/// The actor as another sentence has it: its party, with the words that name it there, if any do.
fn named_in(document: &Document, tag: &Tag, actor: &Actor) -> Actor {
    if actor.party.is_none() {
        return actor.clone();
    }
    let entities = document.set.entities_in(tag.sentence);
    let entity = entities.iter().find(|it| it.party == actor.party && it.status == EntityStatus::Kept);
    Actor {
        span: entity.map(|entity| entity.span),
        entity: entity.map(|entity| entity.id.clone()),
        ..actor.clone()
    }
}

/// Edits of different things as one.
fn together(edits: impl Iterator<Item = Edit>) -> Option<Edit> {
    edits.reduce(|mut all, edit| {
        all.changes.extend(edit.changes);
        all
    })
}
