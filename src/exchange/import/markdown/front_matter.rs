//! What stands before the text, between lines of dashes (YAML) or pluses (TOML): `key: value`, no more than that.
//!
//! Lists and values over several lines are put into one line; what is nested deeper is passed over.

use serde_json::Value;

use crate::annotation::Meta;

/// What is taken of one value, in characters, and of values.
const MAX_CHARS: usize = 500;
const MAX_FIELDS: usize = 50;

/// What the front matter says, and the text behind it. A text that only begins with a line is all text.
pub(super) fn read(text: &str) -> (Meta, &str) {
    split(text).map_or_else(|| (Meta::default(), text), |(front, body)| (meta(front), body))
}

/// The front matter and what follows.
fn split(text: &str) -> Option<(Front<'_>, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let sign = match first.trim_end() {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let mut length = 0;
    let mut has_field = false;
    for line in rest.split_inclusive('\n') {
        let end = line.trim_end();
        if end == first.trim_end() || sign == ':' && end == "..." {
            let front = Front { lines: rest.get(..length)?, sign };
            return has_field.then_some((front, rest.get(length + line.len()..)?));
        }
        // Of words between two rules, hardly any line is a field.
        let is_field = field(end, sign).is_some();
        let is_part = end.is_empty() || end.starts_with([' ', '\t', '-', '#', '[', ']', '"', '}']);
        if !is_field && !is_part {
            return None;
        }
        has_field |= is_field;
        length += line.len();
    }
    None
}

struct Front<'a> {
    lines: &'a str,
    /// What stands between key and value.
    sign: char,
}

/// Key and value of a line that is a field at the top.
fn field(line: &str, sign: char) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(sign)?;
    let is_key = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.');
    let name = key.trim_end();
    let is_name = !name.is_empty() && name.chars().all(is_key) && !name.starts_with('-');
    // In YAML a colon inside a word is part of it.
    let is_apart = sign == '=' || value.is_empty() || value.starts_with([' ', '\t']);
    (is_name && is_apart).then_some((name, value.trim()))
}

fn meta(front: Front<'_>) -> Meta {
    let mut meta = Meta::default();
    let mut lines = front.lines.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = field(line, front.sign) else { continue };
        let mut more = Vec::new();
        while let Some(line) = lines.next_if(|line| field(line, front.sign).is_none()) {
            more.push(line.trim());
        }
        let value = tidy(&whole(value, &more));
        if !value.is_empty() {
            put(&mut meta, &key.to_lowercase(), value);
        }
    }
    meta
}

/// A value with the lines that belong to it.
fn whole(value: &str, more: &[&str]) -> String {
    let item = |line: &&str| line.strip_prefix('-').map(|item| bare(item).to_owned());
    match value {
        // Folded and literal words, and those that begin on the next line.
        ">" | "|" | ">-" | "|-" | ">+" | "|+" => more.join(" "),
        "" if more.iter().any(|line| line.starts_with('-')) => {
            more.iter().filter_map(item).collect::<Vec<_>>().join(", ")
        }
        "" => String::new(),
        _ if value.starts_with('[') => {
            let all = format!("{value} {}", more.join(" "));
            let inside = all.trim().trim_start_matches('[').trim_end_matches(']');
            inside.split(',').map(bare).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", ")
        }
        _ => bare(value).to_owned(),
    }
}

/// A value without its quotation marks or the comment behind it.
fn bare(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inside;
        }
    }
    value.split_once(" #").map_or(value, |(value, _)| value).trim()
}

fn tidy(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|it| !it.is_control()).take(MAX_CHARS).collect()
}

/// Puts a value where it belongs; what has no place of its own is kept under its name.
fn put(meta: &mut Meta, key: &str, value: String) {
    let place = match key {
        "title" => &mut meta.title,
        "date" | "published" | "pubdate" => &mut meta.date,
        "source" | "publisher" | "publication" => &mut meta.source,
        "language" | "lang" => &mut meta.language,
        _ => {
            let key = if matches!(key, "authors" | "by" | "byline") { "author" } else { key };
            if meta.extra.len() < MAX_FIELDS {
                meta.extra.entry(key.into()).or_insert(Value::String(value));
            }
            return;
        }
    };
    if place.is_empty() {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, fields: &[(&str, &str)], body: &str) {
        let (meta, rest) = read(text);
        let own = [
            ("title", meta.title),
            ("date", meta.date),
            ("source", meta.source),
            ("language", meta.language),
        ];
        let extra =
            meta.extra.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap().to_owned()));
        let found: Vec<(&str, String)> =
            own.into_iter().filter(|(_, value)| !value.is_empty()).chain(extra).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!((found.as_slice(), rest), (fields, body), "{text}");
    }

    #[test]
    fn fields_of_yaml_and_toml_are_found() {
        check(
            "---\ntitle: \"A: b\" # so\nDate: 2026-01-02\npublisher: Press Desk\nlang: en\n---\nText.",
            &[("title", "A: b"), ("date", "2026-01-02"), ("source", "Press Desk"), ("language", "en")],
            "Text.",
        );
        check(
            "+++\ntitle = 'A b'\ntags = [\"x\", \"y\"]\n+++\n\nText.",
            &[("title", "A b"), ("tags", "x, y")],
            "\nText.",
        );
        check(
            "---\nauthors:\n  - Ann\n  - 'Bob'\nnest:\n  deep: no\n...\nText.",
            &[("author", "Ann, Bob")],
            "Text.",
        );
        check(
            "---\ntitle: >\n  One\n  two\n\nurl: https://example.org/a#b\n---\n",
            &[("title", "One two"), ("url", "https://example.org/a#b")],
            "",
        );
    }

    #[test]
    fn a_text_that_begins_with_a_rule_is_all_text() {
        for text in [
            "---\nJust words between rules.\n---\nMore.",
            "---\n---\nMore.",
            "---\ntitle: never ends\n",
            "---",
            "-----\ntitle: x\n-----\n",
            "Words.\n---\ntitle: x\n---\n",
            "",
        ] {
            check(text, &[], text);
        }
    }
}
