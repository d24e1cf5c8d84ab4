//! Articles whose layers people have labelled: what `readout evaluate` measures against.

use serde_json::Value;

use super::error::OpenError;
use super::fields::{Fault, Fields};
use super::text;
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
    /// Layers that are there and that nothing here is measured against.
    pub unscored: Vec<String>,
}

/// Reads one line of a gold file: an object with `text` and, each where it is labelled, `sentences`
/// (`[start, end]`), `blocks` (`[kind, start, end]`) and `entities` (`[start, end, kind]`), in code points.
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
    let unscored = fields.rest().into_iter().filter(|(_, value)| is_layer(value)).map(|(name, _)| name);
    let unscored = unscored.collect();
    Ok(Gold { article, sentences, blocks: blocks.map(apart), entities, unscored })
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
        let line = r#"{"text": "Yes.", "sentences": [], "acts": [{"sentence": 0}], "style": "wire", "fold": 2, "tags": ["a"]}"#;
        let gold = read_gold(line.as_bytes()).expect("gold");
        assert_eq!(gold.unscored, ["acts"]);
        assert!(gold.sentences.is_some() && gold.entities.is_none());
    }

    #[test]
    fn wrong_labels_are_refused_with_their_place() {
        let check = |layers: &str, message: &str| {
            let line = format!("{{\"text\": \"Yes.\", {layers}}}");
            assert_eq!(read_gold(line.as_bytes()).expect_err(message).to_string(), message);
        };
        check(r#""sentences": [[0, 4], [0, 9]]"#, "sentences 2: end 9 lies past the text's 4 code points");
        check(r#""entities": [[3, 0, "person"]]"#, "entities 1: start 3 is not before end 0");
        check(r#""blocks": [[0, 4]]"#, "blocks 1: is not [kind, start, end]");
    }
}
