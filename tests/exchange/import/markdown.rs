//! Markdown: marks go and words stay.

use proptest::prelude::*;
use readout::exchange::import::{Import, import};

use super::golden::{check_golden, fixtures, imported};
use super::marks::{blocks, check_marks};

#[track_caller]
fn check(markdown: &str, expected: &[&str]) {
    assert_eq!(blocks(&imported("a.md", markdown.as_bytes())), expected, "{markdown}");
}

#[test]
fn a_whole_file_is_read_block_by_block() {
    let bytes = std::fs::read(fixtures().join("markdown/visit.md")).expect("the fixture is there");
    check_golden("markdown/visit.txt", "visit.md", &bytes);
}

#[test]
fn a_line_end_in_a_paragraph_is_a_space_where_words_have_spaces() {
    check("One\ntwo *three*\nfour\n", &[": One two three four"]);
    check("日本\n語。\n次。\n", &[": 日本語。次。"]);
    check("한국\n사람\n", &[": 한국 사람"]);
    check("One  \nTwo\\\nthree\n", &[": One", "paragraph: Two\nthree"]);
}

#[test]
fn marks_that_mark_nothing_are_words() {
    check("2 * 3 * 4 and a_b_c and 5 < 6 & 7\n", &[": 2 * 3 * 4 and a_b_c and 5 < 6 & 7"]);
    check("It costs $5 and $6. [not a link] [^none]\n", &[": It costs $5 and $6. [not a link] [^none]"]);
}

#[test]
fn lists_tight_and_loose_are_items() {
    check("- one\n- two\n  - three\n", &["list-item: one", "list-item: two", "list-item: three"]);
    check("* one\n\n  more\n\n* two\n", &["list-item: one", "list-item: more", "list-item: two"]);
    check("3) one\n4) # two\n", &["list-item: one", "heading: two"]);
}

#[test]
fn older_encodings_and_line_ends_are_read() {
    assert_eq!(
        blocks(&imported("a.md", b"# Caf\xE9\r\n\r\nWords\rmore.")),
        ["heading: Café", ": Words more."]
    );
    let utf16: Vec<u8> = "\u{feff}# Ünï\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(blocks(&imported("a.md", &utf16)), ["heading: Ünï"]);
}

#[test]
fn files_without_words_are_refused() {
    for bytes in [
        &b""[..],
        b"---\n\n***\n",
        b"<!-- nothing -->",
        b"<script>alert('x')</script>",
        b"[a]: https://example.org",
    ] {
        let error = import("a.md", bytes.to_vec()).expect_err("it is refused").to_string();
        assert_eq!(error, "the file holds no words", "{}", String::from_utf8_lossy(bytes));
    }
    let error = import("a.md", b"%PDF-1.4".to_vec()).expect_err("it is refused").to_string();
    assert!(error.starts_with("this is a PDF"), "{error}");
}

#[test]
fn inputs_that_make_parsers_stumble_are_read_to_the_end() {
    // A parser that looks for a sign anew from every place would not come to an end with one of these.
    for unit in [
        "`", "``", "`` ` ", "[", "![", "[[", "](", "[a](", "[a](<b", "*", "**", "*a ", "_a_", "~", "<",
        "<!--", "<a ", "<a \"", "</", "&", "&#", "> ", "- ", "1. ", "| ", "[^a]: ", "[^a]", "<div>\n",
        "<script>", "\\", "#", "  ", "\t", "a\n\n", "~~~\n", "[a]: b\n", "!", "a**b", "x\n***\n", "*_",
        "[a*](b*",
    ] {
        let text = format!("word {}", unit.repeat(60_000 / unit.len()));
        imported("a.md", text.as_bytes());
        imported("a.md", unit.repeat(60_000 / unit.len()).replacen(unit, "word\n\n", 1).as_bytes());
    }
}

proptest! {
    #[test]
    fn any_mixture_of_marks_is_read(markdown in "(---\n|\\+\\+\\+\n)?[aÜ日:= \n\t#>*_`\\[\\]()!|~<&;\"'/^-]{0,200}") {
        if let Ok(Import::Article(imported)) = import("a.md", markdown.into_bytes()) {
            check_marks(&imported);
        }
    }
}
