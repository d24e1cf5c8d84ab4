//! The words of the interface: one file per language under `static/words/`.

use std::collections::HashMap;
use std::sync::OnceLock;

static WORDS: OnceLock<HashMap<String, String>> = OnceLock::new();

fn table() -> &'static HashMap<String, String> {
    // A test reads the file, so a broken one cannot be built into a release.
    WORDS.get_or_init(|| serde_json::from_str(include_str!("../../static/words/en.json")).unwrap_or_default())
}

/// The words for `key`; the key itself when the file lacks it, so that nothing is ever blank.
pub fn say(key: &str) -> String {
    table().get(key).cloned().unwrap_or_else(|| key.to_owned())
}

/// The words for `key` with `{name}` replaced by each value.
pub fn say_with(key: &str, values: &[(&str, &str)]) -> String {
    let mut words = String::new();
    let pattern = say(key);
    let mut rest = pattern.as_str();
    // One pass, so that a value that holds braces is never taken for a pattern.
    while let Some((before, after)) = rest.split_once('{') {
        words.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            words.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => words.push_str(value),
            None => {
                words.push('{');
                words.push_str(name);
                words.push('}');
            }
        }
        rest = tail;
    }
    words.push_str(rest);
    words
}

/// The words for a number of things: `key.one` or `key.other`, with `{n}` replaced, and further values.
pub fn count_with(key: &str, n: usize, values: &[(&str, &str)]) -> String {
    let number = grouped(n);
    let mut all = vec![("n", number.as_str())];
    all.extend_from_slice(values);
    say_with(&format!("{key}.{}", if n == 1 { "one" } else { "other" }), &all)
}

/// The words for a number of things.
pub fn count(key: &str, n: usize) -> String {
    count_with(key, n, &[])
}

/// A number with its thousands set apart: 12,000.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_words_are_a_flat_table_without_blanks() {
        let words: HashMap<String, String> =
            serde_json::from_str(include_str!("../../static/words/en.json")).unwrap();
        assert!(!words.is_empty());
        assert!(words.values().all(|words| !words.trim().is_empty()));
    }

    /// Source files whose words are looked up by a key that is put together there.
    const PREFIXES: [&str; 6] = ["kind.", "block.", "told.", "top.", "open.", "side."];

    #[test]
    fn every_key_in_the_code_has_words_and_every_word_has_a_use() {
        let words: HashMap<String, String> =
            serde_json::from_str(include_str!("../../static/words/en.json")).unwrap();
        let mut code = String::new();
        let mut folders = vec![std::path::PathBuf::from("src/app")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    code.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let mut missing = Vec::new();
        for call in ["say(\"", "say_with(\"", "count(\"", "count_with(\""] {
            for part in code.split(call).skip(1) {
                let key = part.split('"').next().unwrap();
                let has_words = words.contains_key(key)
                    || (words.contains_key(&format!("{key}.one"))
                        && words.contains_key(&format!("{key}.other")));
                if !has_words && !key.contains(char::is_whitespace) {
                    missing.push(key);
                }
            }
        }
        assert!(missing.is_empty(), "no words for {missing:?}");
        let stem = |key: &str| key.trim_end_matches(".one").trim_end_matches(".other").to_owned();
        let unused: Vec<&String> = words
            .keys()
            .filter(|key| {
                !code.contains(&format!("\"{key}\"")) && !code.contains(&format!("\"{}\"", stem(key)))
            })
            .filter(|key| !PREFIXES.iter().any(|prefix| key.starts_with(prefix)))
            .collect();
        assert!(unused.is_empty(), "words without a use: {unused:?}");
    }

    #[test]
    fn a_value_that_holds_braces_is_not_taken_for_a_pattern() {
        assert_eq!(say_with("{a} and {b} {", &[("a", "{b}"), ("b", "x")]), "{b} and x {");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [grouped(0), grouped(999), grouped(50_000), grouped(1_234_567)].join(" "),
            "0 999 50,000 1,234,567"
        );
    }
}
