//! One JSON object with a `text`, as corpora in JSON Lines hold them.

use super::Opened;
use super::error::{OpenError, Warning};
use super::fields::{Fault, Fields};
use super::incoming::Incoming;
use super::text;
use crate::annotation::Meta;
use crate::text::Article;

/// Which importer made the text, and its version.
const IMPORTER: &str = "jsonl 1";

/// The most records that are taken from one file: each becomes an article in memory.
const MAX_RECORDS: usize = 100_000;

/// The most lines that are reported one by one.
const MAX_REPORTED: usize = 100;

/// Reads a file of JSON Lines, an article each. A bad line costs itself alone and is a warning; blank ones are passed
/// over.
///
/// # Errors
/// [`OpenError`] when no line can be taken: the first line's; or when there are more than a hundred thousand.
pub fn read_records(bytes: &[u8]) -> Result<Opened, OpenError> {
    let json = text::decode_exactly(bytes)?;
    let lines = || json.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let count = lines().count();
    if count > MAX_RECORDS {
        return Err(OpenError::Import(format!(
            "{count} records in one file are too many: at most {MAX_RECORDS} are taken: split it, or use the command \
             line"
        )));
    }
    let mut opened = Opened::default();
    let mut first = None;
    let mut bad = 0;
    for (index, line) in lines() {
        let place = format!("line {}", index + 1);
        match read_record(line.as_bytes()) {
            Ok((incoming, warnings)) => {
                opened.articles.push(incoming);
                let within = |warning: Warning| {
                    Warning::new(format!("{place}, text: {}", warning.place), warning.message)
                };
                opened.warnings.extend(warnings.into_iter().map(within));
            }
            Err(error) => {
                bad += 1;
                let words = error.in_one_line();
                if bad <= MAX_REPORTED {
                    opened.warnings.push(Warning::new(place.clone(), format!("{words}: left out")));
                }
                first.get_or_insert_with(|| OpenError::Import(format!("{place}: {words}")));
            }
        }
    }
    if opened.articles.is_empty() {
        return Err(first.unwrap_or(OpenError::Empty));
    }
    if bad > MAX_REPORTED {
        let more = format!("{} more could not be read and were left out", bad - MAX_REPORTED);
        opened.warnings.push(Warning::new("lines", more));
    }
    Ok(opened)
}

/// Reads one line of JSON Lines: an object with `text`, and perhaps `id` (a text or a number), `title`, `source`,
/// `date` and `language`; its other fields become the article's own.
///
/// # Errors
/// [`OpenError`] when the line is no such object, or its text cannot be taken.
pub fn read_record(line: &[u8]) -> Result<(Incoming, Vec<Warning>), OpenError> {
    let json = text::decode_exactly(line)?;
    if json.trim().is_empty() {
        return Err(OpenError::Form { place: "the line".into(), message: "is empty".into() });
    }
    let fault = |fault: Fault| {
        let (place, message) = fault.within("");
        let place = if place.is_empty() { "the line".into() } else { place };
        OpenError::Form { place, message }
    };
    let value = serde_json::from_str(&json).map_err(|error| super::readout_json::syntax(&error))?;
    let mut fields = Fields::new(value).map_err(fault)?;
    let raw = fields.needed_text("text").map_err(fault)?;
    let (text, warnings) = text::clean(&raw)?;
    let mut article = Article::new(text);
    article.original = Some(text::original("", line, IMPORTER));
    article.external_id = match fields.take("id") {
        Some(serde_json::Value::String(id)) => Some(id),
        Some(number @ serde_json::Value::Number(_)) => Some(number.to_string()),
        Some(_) => return Err(fault(Fault::at("id", "is neither a text nor a number"))),
        None => None,
    };
    let mut text = |name: &str| Ok(fields.text(name).map_err(fault)?.unwrap_or_default());
    let (title, source) = (text("title")?, text("source")?);
    let (date, language) = (text("date")?, text("language")?);
    Ok((Incoming::fresh(article, Meta { title, source, date, language, extra: fields.rest() }), warnings))
}
