//! What was found, as suggestions of an article.

use super::{Found, FoundActor};
use crate::annotation::{Actor, AnnotationSet, Id, LabelId, Suggestion, SuggestionStatus};
use crate::entities::Names;
use crate::text::{Extra, Outline, Span};

/// The suggestions of a new article: names and parties have the ids that [`AnnotationSet::analysed`] gives them.
pub fn first_suggestions(found: Vec<Found>, outline: &Outline, names: &Names) -> Vec<Suggestion> {
    let entity = |span: Span| {
        let at = names.mentions.partition_point(|it| it.span.end <= span.start);
        names.mentions.get(at).filter(|it| it.span == span).map(|_| Id::new(format!("e{at}")))
    };
    let party = |index: usize| Some(Id::new(format!("p{index}")));
    let found = found.into_iter().enumerate();
    found
        .filter_map(|(index, found)| suggestion(found, Id::new(format!("s{index}")), outline, entity, party))
        .collect()
}

/// The suggestions of an open article, whose names were [`AnnotationSet::names`]. One for the same label on the same
/// sentence keeps its id.
pub fn fresh_suggestions(found: Vec<Found>, set: &AnnotationSet) -> Vec<Suggestion> {
    let parties: Vec<&Id> = set.parties.keys().collect();
    let entity = |span: Span| {
        let touching = set.entities.touching(span);
        touching.iter().find(|it| it.span == span).map(|it| it.id.clone())
    };
    let party = |index: usize| parties.get(index).map(|&id| id.clone());
    let fresh = |found: Found| {
        let span = set.outline.sentences().get(found.sentence)?.span;
        let known = set.suggestions.touching(span);
        let known = known.iter().find(|it| it.span == span && it.label.as_str() == found.label);
        let new = || Id::new(format!("s-{}-{}", found.label, span.start));
        let id = known.map_or_else(new, |it| it.id.clone());
        suggestion(found, id, &set.outline, entity, party)
    };
    found.into_iter().filter_map(fresh).collect()
}

fn suggestion(
    found: Found,
    id: Id,
    outline: &Outline,
    entity: impl Fn(Span) -> Option<Id>,
    party: impl Fn(usize) -> Option<Id>,
) -> Option<Suggestion> {
    let actor = |actor: FoundActor| Actor {
        span: Some(actor.span),
        entity: entity(actor.span),
        party: actor.party.and_then(&party),
        extra: Extra::new(),
    };
    Some(Suggestion {
        id,
        span: outline.sentences().get(found.sentence)?.span,
        label: LabelId::from(found.label.as_str()),
        strength: found.strength,
        // Two places say what there is to say, and are the same on every machine.
        score: (found.score * 100.0).round() / 100.0,
        evidence: found.evidence,
        by: found.by.into_iter().map(&actor).collect(),
        to: found.to.into_iter().map(&actor).collect(),
        status: SuggestionStatus::Open,
        extra: Extra::new(),
    })
}
