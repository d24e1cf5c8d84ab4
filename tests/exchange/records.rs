//! JSON Lines: an article a line, and a bad line costs itself alone.

use readout::exchange::{Format, open};

use crate::helpers::{document, opened, warnings};

#[track_caller]
fn check(lines: &str, texts: &[&str], expected: &[&str]) {
    let file = opened("a.jsonl", lines.as_bytes());
    let found: Vec<&str> = file.articles.iter().map(|incoming| &*incoming.article.text).collect();
    assert_eq!(found, texts, "{lines}");
    assert_eq!(warnings(&file), expected, "{lines}");
}

#[track_caller]
fn check_refused(lines: &[u8], message: &str) {
    assert_eq!(open("a.jsonl", lines).expect_err(message).to_string(), message);
}

#[test]
fn each_line_is_an_article() {
    check(
        "{\"text\": \"One.\"}\n\n  {\"text\": \"Two.\"}  \r\n{\"text\": \"Three.\"}",
        &["One.", "Two.", "Three."],
        &[],
    );
    check("\u{feff}{\"text\": \"日\\n本\\r\\n\"}\n", &["日\n本\n"], &[]);
}

#[test]
fn fields_are_the_articles_own() {
    let line = "{\"text\": \"T.\", \"id\": 7, \"title\": \"A\", \"source\": \"B\", \"date\": \"2026-01-02\", \"language\": \"en\", \
                \"desk\": [1]}";
    let file = opened("a.ndjson", line.as_bytes());
    let incoming = &file.articles[0];
    assert_eq!(incoming.article.external_id.as_deref(), Some("7"));
    let meta = &incoming.meta;
    assert_eq!([&meta.title, &meta.source, &meta.date, &meta.language], ["A", "B", "2026-01-02", "en"]);
    assert_eq!(meta.extra["desk"], serde_json::json!([1]));
    assert_eq!(document(incoming.clone(), None).set.meta.title, "A");
}

#[test]
fn a_bad_line_costs_itself_alone_and_is_named() {
    check(
        "no json\n{\"text\": \"Good.\"}\n{\"text\": 7}\n[]\n{\"title\": \"x\"}\n{\"text\": \"  \"}\n{\"text\": \"a\\u0000b\"}\n{\"text\": \"cut",
        &["Good.", "a\u{fffd}b"],
        &[
            "line 1: column 2: this is not JSON: expected ident: left out",
            "line 3: text: a number stands where a text should: left out",
            "line 4: the line: a list stands where an object should: left out",
            "line 5: text: is missing: left out",
            "line 6: the file holds no words: left out",
            "line 7, text: line 1, column 2: a NUL was replaced by \u{fffd}",
            "line 8: column 13: it breaks off here: left out",
        ],
    );
}

#[test]
fn many_bad_lines_are_counted_rather_than_listed() {
    let lines = format!("{{\"text\": \"Good.\"}}\n{}", "bad\n".repeat(250));
    let file = opened("a.jsonl", lines.as_bytes());
    assert_eq!(file.warnings.len(), 101);
    assert_eq!(warnings(&file)[100], "lines: 150 more could not be read and were left out");
}

#[test]
fn a_file_of_which_nothing_can_be_taken_is_refused() {
    check_refused(b"", "the file holds no words");
    check_refused(b"\n \n", "the file holds no words");
    check_refused(b"\n{}\n[]", "line 2: text: is missing");
    check_refused(
        b"{\"text\": \"caf\xE9\"}",
        "line 1, column 14: the file is damaged: what stands here is not UTF-8",
    );
    check_refused(
        &b"1\n".repeat(100_001),
        "100001 records in one file are too many: at most 100000 are taken: split it, or use the command line",
    );
}

#[test]
fn an_annotated_file_among_them_is_known_by_its_content() {
    assert_eq!(Format::of("a.jsonl", b"{\"format\": \"readout\"}"), Format::Readout);
    assert_eq!(Format::of("a.jsonl", b"{\"text\": \"x\"}"), Format::Lines);
    assert!(!Format::Lines.needs_import());
}
