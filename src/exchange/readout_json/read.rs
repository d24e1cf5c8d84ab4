//! Readout JSON to what it holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::super::fields::{Fault, Fields, short};
use super::super::incoming::{Annotated, Incoming, Kind};
use super::super::{MAX_TEXT_BYTES, OpenError, Opened, Warning, text};
use super::entries::Reader;
use super::labels::{add_missing, join, left_out, read_codebook, read_coders};
use super::outline::outline;
use super::{FORMAT, OFFSET_UNIT, VERSION};
use crate::annotation::{Entity, EntityStatus, Id, Meta, Party};
use crate::text::{Article, ArticleId, Original, Outline};

/// Whether a file is to be read as Readout JSON: by its name, or because it says so at its head.
pub(in crate::exchange) fn is_readout(name: &str, bytes: &[u8]) -> bool {
    let has_name = name.to_ascii_lowercase().ends_with(".json");
    let starts = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start().starts_with(b"{");
    has_name || (starts && says_format(bytes))
}

/// Whether `"format": "readout"` stands somewhere.
fn says_format(bytes: &[u8]) -> bool {
    let field = b"\"format\"";
    bytes.windows(field.len()).enumerate().filter(|(_, window)| window == field).any(|(start, _)| {
        let rest = bytes.get(start + field.len()..).unwrap_or_default().trim_ascii_start();
        let value = rest.strip_prefix(b":").unwrap_or_default().trim_ascii_start();
        value.starts_with(b"\"readout\"")
    })
}

/// Reads a Readout JSON, or several one after another (as `readout annotate` writes them).
///
/// # Errors
/// [`OpenError`] with the place of the first fault that concerns a file or an article as a whole.
pub(in crate::exchange) fn read(bytes: &[u8]) -> Result<Opened, OpenError> {
    let json: Cow<'_, str> = text::decode_exactly(bytes)?;
    if json.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    let documents: Vec<Value> = serde_json::Deserializer::from_str(&json)
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| syntax(&error))?;
    let mut opened = Opened::default();
    let is_one = documents.len() == 1;
    for (index, value) in documents.into_iter().enumerate() {
        let place = if is_one { String::new() } else { format!("document {}", index + 1) };
        if !is_one && let Some(message) = failed_line(&value) {
            opened.warnings.push(Warning::new(
                place,
                format!("holds only an error (\"{}\"): passed over", short(message)),
            ));
            continue;
        }
        read_file(value, &place, &mut opened)?;
    }
    if opened.articles.is_empty() {
        return Err(form("articles", "the file holds no article"));
    }
    Ok(opened)
}

/// The error of JSON that cannot be read.
pub(in crate::exchange) fn syntax(error: &serde_json::Error) -> OpenError {
    let message = if error.is_eof() {
        "it breaks off here".into()
    } else {
        let whole = error.to_string();
        let words = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(words, _)| words).to_owned();
        format!("this is not JSON: {words}")
    };
    OpenError::Syntax { line: error.line(), column: error.column(), message }
}

/// What the command line writes in place of a document that it could not make.
fn failed_line(value: &Value) -> Option<&str> {
    value.get("format").is_none().then(|| value.get("error")?.as_str()).flatten()
}

fn form(place: &str, message: impl Into<String>) -> OpenError {
    OpenError::Form { place: place.into(), message: message.into() }
}

/// A fault that costs the whole file.
pub(super) fn fatal(place: &str) -> impl Fn(Fault) -> OpenError {
    move |fault| {
        let (place, message) = fault.within(place);
        let place = if place.is_empty() { "the file".into() } else { place };
        OpenError::Form { place, message }
    }
}

fn read_file(value: Value, place: &str, opened: &mut Opened) -> Result<(), OpenError> {
    let fault = fatal(place);
    let mut fields = Fields::new(value).map_err(&fault)?;
    let format = fields.text("format").map_err(&fault)?;
    match format.as_deref() {
        Some(FORMAT) => {}
        Some(other) => {
            let message = format!("\"{}\" is not \"{FORMAT}\": another tool wrote this file", short(other));
            return Err(fault(Fault::at("format", message)));
        }
        None => return Err(fault(Fault::at("format", "is missing: this JSON was not written by Readout"))),
    }
    match fields.take("version") {
        Some(version) if version.as_u64() == Some(VERSION) => {}
        Some(version) => match version.as_u64() {
            Some(found) if found > VERSION => return Err(OpenError::Newer { found, known: VERSION }),
            _ => return Err(fault(Fault::at("version", format!("{version} is not a version of this form")))),
        },
        None => return Err(fault(Fault::at("version", "is missing"))),
    }
    let unit = fields.needed_text("offset_unit").map_err(&fault)?;
    if unit != OFFSET_UNIT {
        let message = format!("\"{}\" is not \"{OFFSET_UNIT}\", the one unit of this form", short(&unit));
        return Err(fault(Fault::at("offset_unit", message)));
    }
    // Who wrote it and when say nothing about what it holds; both are written anew.
    fields.take("generator");
    fields.take("exported");
    let within = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}, {name}") };
    let coders = fields.list("coders").map_err(&fault)?;
    read_coders(coders, &within("coder"), opened);
    let mut codebook = match fields.take("codebook") {
        Some(value) => Some(read_codebook(value, &within("codebook"), opened)?),
        None => None,
    };
    for (index, value) in fields.list("articles").map_err(&fault)?.into_iter().enumerate() {
        let place = within(&format!("article {}", index + 1));
        let incoming = read_article(value, &place, &mut opened.warnings)?;
        if let (Some(codebook), Kind::Annotated(annotated)) = (&mut codebook, &incoming.kind) {
            add_missing(codebook, annotated, &place, &mut opened.warnings);
        }
        opened.articles.push(incoming);
    }
    if let Some(codebook) = codebook {
        join(opened, codebook);
    }
    if let Some(learned) = fields.take("learned") {
        opened.learned.get_or_insert(learned);
    }
    opened.names.extend(fields.list("names").map_err(&fault)?);
    for (name, value) in fields.rest() {
        opened.extra.entry(name).or_insert(value);
    }
    Ok(())
}

fn read_article(value: Value, place: &str, warnings: &mut Vec<Warning>) -> Result<Incoming, OpenError> {
    let fault = fatal(place);
    let mut fields = Fields::new(value).map_err(&fault)?;
    let text = fields.needed_text("text").map_err(&fault)?;
    if text.trim().is_empty() {
        return Err(fault(Fault::at("text", "holds no words")));
    }
    if text.len() > MAX_TEXT_BYTES {
        let too_large = OpenError::TooLarge { bytes: text.len(), limit: MAX_TEXT_BYTES };
        return Err(fault(Fault::at("text", too_large.to_string())));
    }
    let mut article = Article::new(text);
    let sha256 = fields.text("text_sha256").map_err(&fault)?;
    if sha256.is_some_and(|sha256| !sha256.eq_ignore_ascii_case(&article.text_sha256)) {
        let message = "is not that of the text: the text was changed or damaged after the file was written";
        return Err(fault(Fault::at("text_sha256", message)));
    }
    let mut head = Head { fields: &mut fields, place, warnings };
    let id = head.text("id");
    if !id.is_empty() && ArticleId::of_hash(&id) != article.id {
        let message = format!("\"{}\" is not the text's, which is {}", short(&id), article.id);
        head.warnings.push(Warning::new(format!("{place}, id"), message));
    }
    article.external_id = Some(head.text("external_id")).filter(|id| !id.is_empty());
    article.original = head.original();
    let meta = Meta {
        title: head.text("title"),
        source: head.text("source"),
        date: head.text("date"),
        language: head.text("language"),
        extra: head.or_default(|fields| fields.object("extra")),
    };
    let engine = head.text("engine");
    let has_entities = fields.has("entities");
    let mut reader = Reader {
        article: &article,
        place,
        sentences: HashMap::new(),
        part_extra: BTreeMap::new(),
        warnings: Vec::new(),
    };
    let outline = read_outline(&mut reader, &mut fields);
    let parties = reader.list(&mut fields, "parties");
    let parties = reader.each(parties, "party", |reader, _, fields| reader.party(fields));
    let parties = tidy_parties(parties, &mut reader);
    let entities = reader.list(&mut fields, "entities");
    let entities = reader.each(entities, "entity", Reader::entity);
    let entities = tidy_entities(entities, &mut reader);
    let tags = reader.list(&mut fields, "tags");
    let tags = reader.each(tags, "tag", Reader::tag);
    let tags = once(tags, |tag| &tag.id, "tag", &mut reader);
    let judgements = reader.list(&mut fields, "judgements");
    let mut judgements = reader.each(judgements, "judgement", Reader::judgement);
    distinct(judgements.iter_mut().map(|judgement| &mut judgement.id));
    let suggestions = reader.list(&mut fields, "suggestions");
    let mut suggestions = reader.each(suggestions, "suggestion", Reader::suggestion);
    distinct(suggestions.iter_mut().map(|suggestion| &mut suggestion.id));
    let entities = has_entities.then_some(entities);
    let annotated = Annotated { engine, outline, entities, parties, suggestions, tags, judgements };
    warnings.append(&mut reader.warnings);
    article.part_extra = reader.part_extra;
    article.extra = fields.rest();
    Ok(Incoming { article, meta, kind: Kind::Annotated(Box::new(annotated)) })
}

/// Reads what is known about an article: a field that is not what it should be is left empty and named.
struct Head<'a> {
    fields: &'a mut Fields,
    place: &'a str,
    warnings: &'a mut Vec<Warning>,
}

impl Head<'_> {
    fn or_default<T: Default>(&mut self, read: impl FnOnce(&mut Fields) -> Result<T, Fault>) -> T {
        read(self.fields).unwrap_or_else(|fault| {
            self.warnings.push(left_out(fault, self.place));
            T::default()
        })
    }

    fn text(&mut self, name: &str) -> String {
        self.or_default(|fields| fields.text(name)).unwrap_or_default()
    }

    fn original(&mut self) -> Option<Original> {
        self.or_default(|fields| {
            let Some(value) = fields.take("original") else { return Ok(None) };
            let mut fields = Fields::new(value).map_err(|fault| Fault::at("original", fault.within("").1))?;
            Ok(Some(Original {
                name: fields.text("name")?.unwrap_or_default(),
                sha256: fields.text("sha256")?.unwrap_or_default(),
                importer: fields.text("importer")?.unwrap_or_default(),
                extra: fields.rest(),
            }))
        })
    }
}

/// The outline, or none when the file has no sentences or they do not form one: the analysis draws it then.
fn read_outline(reader: &mut Reader<'_>, fields: &mut Fields) -> Option<Outline> {
    let blocks = reader.list(fields, "blocks");
    let sentences = reader.list(fields, "sentences");
    if sentences.is_empty() {
        return None;
    }
    let blocks = reader.each(blocks, "block", |reader, _, fields| reader.keep_block(fields));
    let sentences = reader.each(sentences, "sentence", |reader, _, fields| reader.sentence(fields));
    let text = reader.article.text.clone();
    match outline(&text, blocks, sentences) {
        Ok(outline) => Some(outline),
        Err((span, message)) => {
            let chars = reader.article.offsets.span_to_chars(&text, span);
            let at = chars.map(|chars| format!("{} to {}, ", chars.start, chars.end)).unwrap_or_default();
            let words = short(span.of(&text));
            let message = format!(
                "{at}\"{words}\": {message}; blocks and sentences are drawn anew, tags stay where they are"
            );
            reader.warnings.push(Warning::new(format!("{}, sentences", reader.place), message));
            None
        }
    }
}

/// Each id once, and no party that belongs to itself.
fn tidy_parties(parties: Vec<Party>, reader: &mut Reader<'_>) -> Vec<Party> {
    let mut parties = once(parties, |party| &party.id, "party", reader);
    let above: HashMap<Id, Id> =
        parties.iter().filter_map(|party| Some((party.id.clone(), party.of.clone()?))).collect();
    for party in &mut parties {
        // Nobody stands so far below a state; a longer way up goes in a ring.
        let mut up = above.get(&party.id);
        let mut steps = 0;
        while let Some(next) = up
            && steps < 32
        {
            up = above.get(next);
            steps += 1;
        }
        if up.is_some() {
            let message = format!(
                "party \"{}\" belongs to itself in the end: what it belongs to is left out",
                party.id
            );
            reader.warnings.push(Warning::new(reader.place, message));
            party.of = None;
        }
    }
    parties
}

/// Each id once, and of kept names that overlap the first one of the file.
fn tidy_entities(entities: Vec<Entity>, reader: &mut Reader<'_>) -> Vec<Entity> {
    let mut entities = once(entities, |entity| &entity.id, "entity", reader);
    let mut kept: BTreeMap<u32, u32> = BTreeMap::new();
    entities.retain(|entity| {
        if entity.status == EntityStatus::Removed {
            return true;
        }
        let before = kept.range(..entity.span.end).next_back();
        let overlaps = before.is_some_and(|(_, &end)| end > entity.span.start);
        if overlaps {
            let message = format!("entity \"{}\" overlaps another one: left out", entity.id);
            reader.warnings.push(Warning::new(reader.place, message));
        } else {
            kept.insert(entity.span.start, entity.span.end);
        }
        !overlaps
    });
    entities
}

fn once<T>(mut items: Vec<T>, id: impl Fn(&T) -> &Id, name: &str, reader: &mut Reader<'_>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.retain(|item| {
        let is_new = seen.insert(id(item).clone());
        if !is_new {
            let message = format!("id \"{}\" is there twice: the second {name} is left out", id(item));
            reader.warnings.push(Warning::new(reader.place, message));
        }
        is_new
    });
    items
}

/// Gives ids that were made of place and coder or label a running number where they meet.
fn distinct<'a>(ids: impl Iterator<Item = &'a mut Id>) {
    let mut seen = HashSet::new();
    for id in ids {
        let first = id.clone();
        let mut number = 2;
        while !seen.insert(id.clone()) {
            *id = Id::new(format!("{first} {number}"));
            number += 1;
        }
    }
}
