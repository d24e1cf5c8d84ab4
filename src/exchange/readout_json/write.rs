//! Documents to Readout JSON.

use std::rc::Rc;

use super::wire;
use super::{FORMAT, OFFSET_UNIT, VERSION, WriteOptions, lines, part};
use crate::annotation::{Actor, Codebook, Document, Judgement, Placed, Suggestion, Tag, Timestamp};
use crate::exchange::format_time;
use crate::text::{Article, CharSpan, Extra, Span};

/// The documents as one Readout JSON.
///
/// Offsets are code points, with the words beside each span. A time of 0 means "not known" and is left out.
pub fn write(documents: &[&Document], options: &WriteOptions) -> String {
    let codebook = match &options.codebook {
        Some(codebook) => codebook.clone(),
        None => joined_codebook(documents),
    };
    let file = wire::File {
        format: FORMAT,
        version: VERSION,
        offset_unit: OFFSET_UNIT,
        generator: concat!("readout ", env!("CARGO_PKG_VERSION")),
        exported: options.exported.and_then(format_time),
        coders: &options.coders,
        codebook: &codebook,
        articles: documents.iter().map(|document| article(document)).collect(),
        learned: options.learned.as_ref(),
        names: &options.names,
        extra: &options.extra,
    };
    lines::to_string(&file, options.lines)
}

/// The first document's labels and then what only later ones have.
fn joined_codebook(documents: &[&Document]) -> Rc<Codebook> {
    let Some((first, rest)) = documents.split_first() else { return Codebook::standard() };
    let mut codebook = first.codebook.clone();
    for document in rest {
        for label in &document.codebook.labels {
            if codebook.label(&label.id).is_none() {
                Rc::make_mut(&mut codebook).labels.push(label.clone());
            }
        }
    }
    codebook
}

fn article(document: &Document) -> wire::Article<'_> {
    let article = document.article.as_ref();
    let set = &document.set;
    let at = Places { article };
    wire::Article {
        id: article.id.as_str(),
        external_id: article.external_id.as_deref(),
        title: &set.meta.title,
        source: &set.meta.source,
        date: &set.meta.date,
        language: &set.meta.language,
        own: &set.meta.extra,
        text: &article.text,
        text_sha256: &article.text_sha256,
        original: article.original.as_ref(),
        engine: &document.engine,
        blocks: set.outline.blocks().iter().map(|block| at.block(block)).collect(),
        sentences: set.outline.sentences().iter().map(|sentence| at.sentence(sentence.span)).collect(),
        parties: set.parties.values().map(|party| at.party(party)).collect(),
        entities: set.entities.iter().map(|entity| at.entity(entity)).collect(),
        tags: set.tags.iter().map(|tag| at.tag(tag)).collect(),
        judgements: set.judgements.iter().map(|judgement| at.judgement(judgement)).collect(),
        suggestions: set.suggestions.iter().map(|suggestion| at.suggestion(suggestion)).collect(),
        extra: &article.extra,
    }
}

/// Turns what stands in one article into what a file says of it.
struct Places<'a> {
    article: &'a Article,
}

impl<'a> Places<'a> {
    fn chars(&self, span: Span) -> CharSpan {
        // Edits let no span in that is not a stretch of the text.
        self.article.offsets.span_to_chars(&self.article.text, span).unwrap_or(CharSpan { start: 0, end: 0 })
    }

    fn quote(&self, span: Span) -> &'a str {
        span.of(&self.article.text)
    }

    fn name(&self, sentence: Span) -> String {
        let CharSpan { start, end } = self.chars(sentence);
        format!("{start}-{end}")
    }

    fn part_extra(&self, part: &str) -> Option<&'a Extra> {
        if self.article.part_extra.is_empty() { None } else { self.article.part_extra.get(part) }
    }

    fn block(&self, block: &crate::text::Block) -> wire::Block<'a> {
        let CharSpan { start, end } = self.chars(block.span);
        wire::Block { kind: block.kind, start, end, extra: self.part_extra(&part::block(block.span)) }
    }

    fn sentence(&self, span: Span) -> wire::Sentence<'a> {
        let CharSpan { start, end } = self.chars(span);
        let extra = self.part_extra(&part::sentence(span));
        wire::Sentence { id: self.name(span), start, end, quote: self.quote(span), extra }
    }

    fn party(&self, party: &'a crate::annotation::Party) -> wire::Party<'a> {
        wire::Party {
            id: party.id.as_str(),
            name: &party.name,
            kind: party.kind,
            of: party.of.as_ref().map(|of| of.as_str()),
            extra: &party.extra,
        }
    }

    fn entity(&self, entity: &'a crate::annotation::Entity) -> wire::Entity<'a> {
        let CharSpan { start, end } = self.chars(entity.span);
        wire::Entity {
            id: entity.id.as_str(),
            start,
            end,
            quote: self.quote(entity.span),
            kind: entity.kind,
            party: entity.party.as_ref().map(|party| party.as_str()),
            origin: entity.origin,
            status: entity.status,
            coder: entity.coder.as_ref().map(|coder| coder.as_str()),
            modified: entity.modified.and_then(known),
            extra: &entity.extra,
        }
    }

    fn actors(&self, actors: &'a [Actor]) -> Vec<wire::Actor<'a>> {
        let actor = |actor: &'a Actor| {
            let place = actor.span.map(|span| self.chars(span));
            wire::Actor {
                start: place.map(|place| place.start),
                end: place.map(|place| place.end),
                quote: actor.span.map(|span| self.quote(span)),
                entity: actor.entity.as_ref().map(|entity| entity.as_str()),
                party: actor.party.as_ref().map(|party| party.as_str()),
                extra: &actor.extra,
            }
        };
        actors.iter().map(actor).collect()
    }

    fn evidence(&self, evidence: &[Span], of: &impl Placed) -> Vec<wire::Evidence<'a>> {
        let one = |&span: &Span| {
            let CharSpan { start, end } = self.chars(span);
            let extra = self.part_extra(&part::evidence(span, of.id()));
            wire::Evidence { start, end, quote: self.quote(span), extra }
        };
        evidence.iter().map(one).collect()
    }

    fn tag(&self, tag: &'a Tag) -> wire::Tag<'a> {
        let CharSpan { start, end } = self.chars(tag.span);
        wire::Tag {
            id: tag.id.as_str(),
            start,
            end,
            quote: self.quote(tag.span),
            sentence: self.name(tag.sentence),
            label: tag.label.as_str(),
            strength: tag.strength,
            by: self.actors(&tag.by),
            to: self.actors(&tag.to),
            evidence: self.evidence(&tag.evidence, tag),
            note: &tag.note,
            origin: tag.origin,
            coder: tag.coder.as_str(),
            created: known(tag.created),
            modified: known(tag.modified),
            extra: &tag.extra,
        }
    }

    fn judgement(&self, judgement: &'a Judgement) -> wire::Judgement<'a> {
        let CharSpan { start, end } = self.chars(judgement.span);
        wire::Judgement {
            start,
            end,
            quote: self.quote(judgement.span),
            sentence: self.name(judgement.span),
            coder: judgement.coder.as_str(),
            modified: known(judgement.modified),
            extra: &judgement.extra,
        }
    }

    fn suggestion(&self, suggestion: &'a Suggestion) -> wire::Suggestion<'a> {
        wire::Suggestion {
            sentence: self.name(suggestion.span),
            label: suggestion.label.as_str(),
            strength: suggestion.strength,
            // JSON has no word for "not a number".
            score: if suggestion.score.is_finite() { suggestion.score } else { 0.0 },
            evidence: self.evidence(&suggestion.evidence, suggestion),
            by: self.actors(&suggestion.by),
            to: self.actors(&suggestion.to),
            status: suggestion.status,
            extra: &suggestion.extra,
        }
    }
}

fn known(time: Timestamp) -> Option<String> {
    (time != Timestamp(0)).then(|| format_time(time)).flatten()
}
