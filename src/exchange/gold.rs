//! Articles whose layers people have labelled: what `readout evaluate` measures against.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::error::OpenError;
use super::fields::{Fault, Fields};
use super::text;
use crate::acts::LABELS;
use crate::annotation::Strength;
use crate::entities::EntityKind;
use crate::text::{Article, Block, BlockKind, CharSpan, Span};

/// One article with the layers that somebody has labelled.
#[derive(Debug, Clone)]
pub struct Gold {
    /// The text, exactly as labelled.
    pub article: Article,
    /// Sentences, if labelled.
    pub sentences: Option<Vec<Span>>,
    /// Blocks, if labelled.
    pub blocks: Option<Vec<Block>>,
    /// Names, if labelled.
    pub entities: Option<Vec<(Span, EntityKind)>>,
    /// Acts of the built-in labels, if labelled.
    pub acts: Option<Vec<GoldAct>>,
    /// Layers that are there and that nothing here is measured against.
    pub unscored: Vec<String>,
}

/// An act that somebody has labelled.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldAct {
    /// Index of its sentence in [`Gold::sentences`].
    pub sentence: usize,
    /// Index of its label in [`LABELS`].
    pub label: usize,
    /// How firm, if said.
    pub strength: Option<Strength>,
    /// Who acts, if said.
    pub by: Option<Span>,
    /// Who receives, if said.
    pub to: Option<Span>,
}

/// Reads one line of a gold file: an object with `text` and, each where it is labelled, `sentences`
/// (`[start, end]`), `blocks` (`[kind, start, end]`), `entities` (`[start, end, kind]`) and `acts` (objects with
/// `sentence`, an index into the sentences, `label` and perhaps `strength`, `by`, `to`), in code points.
///
/// # Errors
/// [`OpenError`] naming the field: a faulty gold line is not measured against at all.
pub fn read_gold(line: &[u8]) -> Result<Gold, OpenError> {
    let json = text::decode_exactly(line)?;
    let value = serde_json::from_str(&json).map_err(|error| super::readout_json::syntax(&error))?;
    gold(value).map_err(|fault| {
        let (place, message) = fault.within("");
        let place = if place.is_empty() { "the line".into() } else { place };
        OpenError::Form { place, message }
    })
}

fn gold(value: Value) -> Result<Gold, Fault> {
    let mut fields = Fields::new(value)?;
    let article = Article::new(fields.needed_text("text")?);
    let sentences = layer(&mut fields, "sentences", |entry| match entry {
        [start, end] => span(&article, start, end),
        _ => Err("is not [start, end]".into()),
    })?;
    let blocks = layer(&mut fields, "blocks", |entry| match entry {
        [kind, start, end] => Ok(Block { kind: word::<BlockKind>(kind)?, span: span(&article, start, end)? }),
        _ => Err("is not [kind, start, end]".into()),
    })?;
    let entities = layer(&mut fields, "entities", |entry| match entry {
        [start, end, kind] => Ok((span(&article, start, end)?, word::<EntityKind>(kind)?)),
        _ => Err("is not [start, end, kind]".into()),
    })?;
    let (acts, own) = acts(&mut fields, &article, sentences.as_ref().map_or(0, Vec::len))?;
    let unscored = fields.rest().into_iter().filter(|(_, value)| is_layer(value)).map(|(name, _)| name);
    let mut unscored: Vec<String> = unscored.collect();
    unscored.extend(own);
    Ok(Gold { article, sentences, blocks: blocks.map(apart), entities, acts, unscored })
}

/// An act as it stands in a line.
#[derive(Deserialize)]
struct RawAct {
    sentence: usize,
    label: String,
    strength: Option<Strength>,
    by: Option<(Value, Value)>,
    to: Option<(Value, Value)>,
}

/// The acts of the built-in labels, and what others there are.
fn acts(
    fields: &mut Fields,
    article: &Article,
    sentences: usize,
) -> Result<(Option<Vec<GoldAct>>, BTreeSet<String>), Fault> {
    let (mut acts, mut own) = (Vec::new(), BTreeSet::new());
    if !fields.has("acts") {
        return Ok((None, own));
    }
    for (index, value) in fields.list("acts")?.into_iter().enumerate() {
        let fault = |message: String| Fault::at(&format!("acts {}", index + 1), message);
        let raw: RawAct = word(&value).map_err(fault)?;
        if raw.sentence >= sentences {
            return Err(fault(format!("there is no sentence {}", raw.sentence)));
        }
        let span = |pair: Option<(Value, Value)>| pair.map(|(start, end)| span(article, &start, &end));
        let (by, to) = (span(raw.by).transpose().map_err(fault)?, span(raw.to).transpose().map_err(fault)?);
        match LABELS.iter().position(|known| *known == raw.label) {
            Some(label) => {
                acts.push(GoldAct { sentence: raw.sentence, label, strength: raw.strength, by, to })
            }
            None => drop(own.insert(format!("acts: {}", raw.label))),
        }
    }
    Ok((Some(acts), own))
}

/// Whether a field looks like labels: a list of lists or objects.
fn is_layer(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().any(|entry| entry.is_array() || entry.is_object()))
}

fn layer<T>(
    fields: &mut Fields,
    name: &str,
    read: impl Fn(&[Value]) -> Result<T, String>,
) -> Result<Option<Vec<T>>, Fault> {
    if !fields.has(name) {
        return Ok(None);
    }
    let list = fields.list(name)?;
    let entry = |(index, value): (usize, &Value)| {
        let entry = value.as_array().map(Vec::as_slice).unwrap_or_default();
        read(entry).map_err(|message| Fault::at(&format!("{name} {}", index + 1), message))
    };
    list.iter().enumerate().map(entry).collect::<Result<_, _>>().map(Some)
}

fn span(article: &Article, start: &Value, end: &Value) -> Result<Span, String> {
    let offset = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
    let (Some(start), Some(end)) = (offset(start), offset(end)) else {
        return Err(format!("{start} to {end} are not offsets"));
    };
    if start >= end {
        return Err(format!("start {start} is not before end {end}"));
    }
    let span = article.offsets.chars_to_span(&article.text, CharSpan { start, end });
    span.ok_or_else(|| format!("end {end} lies past the text's {} code points", article.offsets.chars()))
}

fn word<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string().replace('`', "\""))
}

/// Blocks that lie apart: a paragraph that begins with its dateline begins after it.
fn apart(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_by_key(|block| (block.span.start, block.span.end));
    let mut apart: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if let Some(last) = apart.last()
            && last.span.end > block.span.start
            && last.span.end < block.span.end
        {
            block.span.start = last.span.end;
        }
        apart.push(block);
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_begins_after_the_dateline_that_lies_in_it() {
        let line =
            r#"{"text": "ARAL, May 3 - They met.", "blocks": [["dateline", 0, 13], ["paragraph", 0, 23]]}"#;
        let blocks = read_gold(line.as_bytes()).expect("gold").blocks.expect("blocks");
        let spans: Vec<(u32, u32)> = blocks.iter().map(|block| (block.span.start, block.span.end)).collect();
        assert_eq!(spans, [(0, 13), (13, 23)]);
    }

    #[test]
    fn a_layer_that_is_not_measured_is_named_and_other_fields_are_not() {
        let line = r#"{"text": "Yes.", "sentences": [], "roles": [{"sentence": 0}], "style": "wire", "fold": 2, "tags": ["a"]}"#;
        let gold = read_gold(line.as_bytes()).expect("gold");
        assert_eq!(gold.unscored, ["roles"]);
        assert!(gold.sentences.is_some() && gold.entities.is_none());
    }

    #[test]
    fn acts_of_labels_that_are_not_built_in_are_named_and_not_measured() {
        let line = r#"{"text": "Yes.", "sentences": [[0, 4]], "acts": [{"sentence": 0, "label": "threat"}, {"sentence": 0, "label": "proposal"}]}"#;
        let gold = read_gold(line.as_bytes()).expect("gold");
        assert_eq!(gold.unscored, ["acts: threat"]);
        assert_eq!(gold.acts.map(|acts| acts.len()), Some(1));
    }

    #[test]
    fn wrong_labels_are_refused_with_their_place() {
        let check = |layers: &str, message: &str| {
            let line = format!("{{\"text\": \"Yes.\", {layers}}}");
            assert_eq!(read_gold(line.as_bytes()).expect_err(message).to_string(), message);
        };
        check(r#""sentences": [[0, 4], [0, 9]]"#, "sentences 2: end 9 lies past the text's 4 code points");
        check(r#""entities": [[3, 0, "person"]]"#, "entities 1: start 3 is not before end 0");
        check(
            r#""sentences": [[0, 4]], "acts": [{"sentence": 1, "label": "proposal"}]"#,
            "acts 1: there is no sentence 1",
        );
        check(
            r#""sentences": [[0, 4]], "acts": [{"sentence": 0, "label": "proposal", "by": [0, 7]}]"#,
            "acts 1: end 7 lies past the text's 4 code points",
        );
        check(r#""blocks": [[0, 4]]"#, "blocks 1: is not [kind, start, end]");
    }
}
