//! The entries of one article: each is taken whole or left out with a message.

use std::collections::HashMap;

use serde_json::Value;

use super::super::fields::{Fault, Fields, short};
use super::super::{Warning, parse_time};
use super::part;
use crate::annotation::{
    Actor, Entity, EntityStatus, Id, Judgement, Origin, Party, Suggestion, SuggestionStatus, Tag, Timestamp,
};
use crate::entities::EntityKind;
use crate::text::{Article, Block, BlockKind, CharSpan, Extra, Span};

/// Reads entries of one article and gathers what was wrong with them.
pub(super) struct Reader<'a> {
    pub(super) article: &'a Article,
    /// The article's place in the file: `article 1`.
    pub(super) place: &'a str,
    /// Sentences by the names that the file gives them.
    pub(super) sentences: HashMap<String, Span>,
    pub(super) part_extra: std::collections::BTreeMap<String, Extra>,
    pub(super) warnings: Vec<Warning>,
}

impl Reader<'_> {
    /// Reads each entry of a list; one that cannot be taken is left out and named.
    pub(super) fn each<T>(
        &mut self,
        list: Vec<Value>,
        name: &str,
        read: impl Fn(&mut Self, &str, Fields) -> Result<T, Fault>,
    ) -> Vec<T> {
        let outer = self.place.to_owned();
        self.each_in(&outer, list, name, read)
    }

    fn each_in<T>(
        &mut self,
        outer: &str,
        list: Vec<Value>,
        name: &str,
        read: impl Fn(&mut Self, &str, Fields) -> Result<T, Fault>,
    ) -> Vec<T> {
        let mut taken = Vec::with_capacity(list.len());
        for (index, value) in list.into_iter().enumerate() {
            let place = format!("{outer}, {name} {}", index + 1);
            match Fields::new(value).and_then(|fields| read(self, &place, fields)) {
                Ok(entry) => taken.push(entry),
                Err(fault) => self.left_out(fault, &place),
            }
        }
        taken
    }

    fn left_out(&mut self, fault: Fault, place: &str) {
        let (place, message) = fault.within(place);
        self.warnings.push(Warning::new(place, format!("{message}: left out")));
    }

    /// A list of a part, or nothing with a warning when it is no list.
    pub(super) fn list(&mut self, fields: &mut Fields, name: &str) -> Vec<Value> {
        fields.list(name).unwrap_or_else(|fault| {
            let place = self.place.to_owned();
            self.left_out(fault, &place);
            Vec::new()
        })
    }

    pub(super) fn block(&mut self, fields: &mut Fields) -> Result<(BlockKind, Span), Fault> {
        Ok((fields.needed_word("kind")?, self.span(fields)?))
    }

    pub(super) fn keep_block(&mut self, mut fields: Fields) -> Result<Block, Fault> {
        let (kind, span) = self.block(&mut fields)?;
        self.keep_extra(part::block(span), fields);
        Ok(Block { kind, span })
    }

    pub(super) fn sentence(&mut self, mut fields: Fields) -> Result<Span, Fault> {
        let id = fields.text("id")?;
        let span = self.span(&mut fields)?;
        if let Some(id) = id {
            self.sentences.insert(id, span);
        }
        self.keep_extra(part::sentence(span), fields);
        Ok(span)
    }

    fn keep_extra(&mut self, part: String, fields: Fields) {
        let extra = fields.rest();
        if !extra.is_empty() {
            self.part_extra.insert(part, extra);
        }
    }

    pub(super) fn party(&mut self, mut fields: Fields) -> Result<Party, Fault> {
        Ok(Party {
            id: needed_id(&mut fields, "id")?,
            name: fields.needed_text("name")?,
            kind: fields.needed_word("kind")?,
            of: id(&mut fields, "of")?,
            extra: fields.rest(),
        })
    }

    pub(super) fn entity(&mut self, place: &str, mut fields: Fields) -> Result<Entity, Fault> {
        Ok(Entity {
            id: needed_id(&mut fields, "id")?,
            span: self.span(&mut fields)?,
            kind: fields.needed_word::<EntityKind>("kind")?,
            party: id(&mut fields, "party")?,
            origin: fields.word("origin")?.unwrap_or(Origin::Machine),
            status: fields.word("status")?.unwrap_or(EntityStatus::Kept),
            coder: id(&mut fields, "coder")?,
            modified: self.time(place, &mut fields, "modified")?,
            extra: fields.rest(),
        })
    }

    pub(super) fn tag(&mut self, place: &str, mut fields: Fields) -> Result<Tag, Fault> {
        let id = needed_id(&mut fields, "id")?;
        let span = self.span(&mut fields)?;
        let sentence = self.sentence_of(place, &mut fields, span)?;
        let label = needed_id(&mut fields, "label")?;
        let strength = fields.word("strength")?;
        let note = fields.text("note")?.unwrap_or_default();
        let origin = fields.word("origin")?.unwrap_or_default();
        let coder = fields.text("coder")?.unwrap_or_default();
        let created = self.time(place, &mut fields, "created")?;
        let modified = self.time(place, &mut fields, "modified")?.or(created).unwrap_or_default();
        Ok(Tag {
            by: self.actors(place, &mut fields, "by")?,
            to: self.actors(place, &mut fields, "to")?,
            evidence: self.evidence(place, &mut fields, &id)?,
            id,
            span,
            sentence,
            label,
            strength,
            note,
            origin,
            coder: Id::new(coder),
            created: created.unwrap_or_default(),
            modified,
            extra: fields.rest(),
        })
    }

    /// A judgement, with an id made of its place and coder: files carry none.
    pub(super) fn judgement(&mut self, place: &str, mut fields: Fields) -> Result<Judgement, Fault> {
        let span = self.span(&mut fields)?;
        // The name of the sentence repeats the span.
        fields.text("sentence")?;
        let coder = Id::new(fields.text("coder")?.unwrap_or_default());
        Ok(Judgement {
            id: Id::new(format!("none {}-{} {coder}", span.start, span.end)),
            span,
            coder,
            modified: self.time(place, &mut fields, "modified")?.unwrap_or_default(),
            extra: fields.rest(),
        })
    }

    /// A suggestion, with an id made of its place and label: files carry none.
    pub(super) fn suggestion(&mut self, place: &str, mut fields: Fields) -> Result<Suggestion, Fault> {
        let span = self.named_sentence(&mut fields)?.ok_or_else(|| Fault::at("sentence", "is missing"))?;
        let label = needed_id(&mut fields, "label")?;
        let score = fields.needed_number("score")?;
        if !(0.0..=1.0).contains(&score) {
            return Err(Fault::at("score", format!("{score} is not between 0 and 1")));
        }
        let id = Id::new(format!("suggested {}-{} {label}", span.start, span.end));
        Ok(Suggestion {
            strength: fields.word("strength")?,
            evidence: self.evidence(place, &mut fields, &id)?,
            by: self.actors(place, &mut fields, "by")?,
            to: self.actors(place, &mut fields, "to")?,
            status: fields.word::<SuggestionStatus>("status")?.unwrap_or_default(),
            id,
            span,
            label,
            score,
            extra: fields.rest(),
        })
    }

    fn evidence(&mut self, place: &str, fields: &mut Fields, of: &Id) -> Result<Vec<Span>, Fault> {
        let list = fields.list("evidence")?;
        Ok(self.each_in(place, list, "evidence", |reader, _, mut fields| {
            let span = reader.span(&mut fields)?;
            reader.keep_extra(part::evidence(span, of), fields);
            Ok(span)
        }))
    }

    fn actors(&mut self, place: &str, fields: &mut Fields, name: &str) -> Result<Vec<Actor>, Fault> {
        let list = fields.list(name)?;
        Ok(self.each_in(place, list, name, |reader, _, mut fields| {
            let has_span = ["start", "end", "quote"].iter().any(|name| fields.has(name));
            Ok(Actor {
                span: if has_span { Some(reader.span(&mut fields)?) } else { None },
                entity: id(&mut fields, "entity")?,
                party: id(&mut fields, "party")?,
                extra: fields.rest(),
            })
        }))
    }

    /// A time, if there is one that can be read; one that cannot is named and counts as not known.
    fn time(&mut self, place: &str, fields: &mut Fields, name: &str) -> Result<Option<Timestamp>, Fault> {
        let Some(text) = fields.text(name)? else { return Ok(None) };
        let time = parse_time(&text);
        if time.is_none() {
            let message = format!("\"{}\" is not a time in RFC 3339: the time is left out", short(&text));
            self.warnings.push(Warning::new(format!("{place}, {name}"), message));
        }
        Ok(time)
    }

    /// The sentence that a tag says it was put on, or the tag's own span.
    fn sentence_of(&mut self, place: &str, fields: &mut Fields, span: Span) -> Result<Span, Fault> {
        let Some(sentence) = self.named_sentence(fields)? else { return Ok(span) };
        if sentence.contains_offset(span.start) {
            return Ok(sentence);
        }
        let chars = self.article.offsets.span_to_chars(&self.article.text, sentence);
        let name = chars.map(|chars| format!("\"{}-{}\"", chars.start, chars.end)).unwrap_or_default();
        let message = format!("{name} does not hold the start of the tag: its own span is taken");
        self.warnings.push(Warning::new(format!("{place}, sentence"), message));
        Ok(span)
    }

    /// The span of the sentence that the field `sentence` names.
    fn named_sentence(&self, fields: &mut Fields) -> Result<Option<Span>, Fault> {
        let Some(name) = fields.text("sentence")? else { return Ok(None) };
        if let Some(span) = self.sentences.get(&name) {
            return Ok(Some(*span));
        }
        let ends =
            name.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        let Some((start, end)) = ends else {
            return Err(Fault::at("sentence", format!("\"{}\" names no sentence", short(&name))));
        };
        self.bytes(CharSpan { start, end }).map(Some).map_err(|message| Fault::at("sentence", message))
    }

    /// The span of `start` and `end`, checked against `quote` where there is one.
    fn span(&self, fields: &mut Fields) -> Result<Span, Fault> {
        let start = fields.offset("start")?.ok_or_else(|| Fault::at("start", "is missing"))?;
        let end = fields.offset("end")?.ok_or_else(|| Fault::at("end", "is missing"))?;
        let quote = fields.text("quote")?;
        let chars = CharSpan { start, end };
        let text = &self.article.text;
        let found = self.bytes(chars);
        match (found, quote) {
            (Ok(span), Some(quote)) if span.of(text) != quote => Err(Fault::new(format!(
                "the quote \"{}\" is not what stands at {start} to {end} (\"{}\"){}",
                short(&quote),
                short(span.of(text)),
                self.other_unit(chars, &quote)
            ))),
            (Err(message), Some(quote)) => Err(Fault::new(message + self.other_unit(chars, &quote))),
            (Err(message), None) => Err(Fault::new(message)),
            (Ok(span), _) => Ok(span),
        }
    }

    fn bytes(&self, chars: CharSpan) -> Result<Span, String> {
        let CharSpan { start, end } = chars;
        if start >= end {
            return Err(format!("start {start} is not before end {end}"));
        }
        let Article { text, offsets, .. } = self.article;
        offsets
            .chars_to_span(text, chars)
            .ok_or_else(|| format!("end {end} lies past the text's {} code points", offsets.chars()))
    }

    /// A hint when the quote does stand there in another unit.
    fn other_unit(&self, chars: CharSpan, quote: &str) -> &'static str {
        let Article { text, offsets, .. } = self.article;
        let units = crate::text::Utf16Span { start: chars.start, end: chars.end };
        let bytes = Span { start: chars.start, end: chars.end };
        if quote.is_empty() {
            ""
        } else if offsets.utf16_to_span(text, units).is_some_and(|span| span.of(text) == quote) {
            "; it does when counted in UTF-16 code units, but this form counts code points"
        } else if bytes.of(text) == quote {
            "; it does when counted in bytes, but this form counts code points"
        } else {
            ""
        }
    }
}

fn id(fields: &mut Fields, name: &str) -> Result<Option<Id>, Fault> {
    Ok(fields.text(name)?.map(Id::new))
}

fn needed_id(fields: &mut Fields, name: &str) -> Result<Id, Fault> {
    match fields.needed_text(name)? {
        text if text.is_empty() => Err(Fault::at(name, "is empty")),
        text => Ok(Id::new(text)),
    }
}
