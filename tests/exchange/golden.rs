//! Files that we wrote by hand: read and written again they are the same.

use crate::helpers::{documents, opened, schema_faults, warnings, written, wrong_quotes};

const WHOLE: &str = include_str!("../fixtures/readout-json/whole.readout.json");

#[test]
fn a_whole_file_is_read_without_complaint_and_written_again_to_the_letter() {
    let file = opened("whole.readout.json", WHOLE.as_bytes());
    assert_eq!(warnings(&file), Vec::<String>::new());
    let again = written(&file, true);
    for (line, (was, is)) in WHOLE.lines().zip(again.lines()).enumerate() {
        assert_eq!(is, was, "line {}", line + 1);
    }
    assert_eq!(again, WHOLE);
}

#[test]
fn a_whole_file_in_one_line_holds_the_same() {
    let one_line = written(&opened("a.json", WHOLE.as_bytes()), false);
    assert_eq!(one_line.lines().count(), 1);
    assert_eq!(written(&opened("b.json", one_line.as_bytes()), true), WHOLE);
}

#[test]
fn a_whole_file_satisfies_the_schema_and_its_quotes_are_its_slices() {
    assert_eq!(schema_faults(WHOLE), Vec::<String>::new());
    assert_eq!(wrong_quotes(WHOLE), Vec::<String>::new());
}

#[test]
fn the_schema_is_strict_about_the_fields_it_names() {
    let check = |from: &str, to: &str| {
        let broken = WHOLE.replacen(from, to, 1);
        assert_ne!(broken, WHOLE, "{from} is in the file");
        assert_ne!(schema_faults(&broken), Vec::<String>::new(), "{to}");
    };
    check("\"version\": 1", "\"version\": 2");
    check("\"kind\": \"heading\"", "\"kind\": \"title\"");
    check("\"label\": \"gratitude\"", "\"label\": 3");
    check("\"score\": 0.93", "\"score\": 93");
    check("\"start\": 0", "\"start\": -1");
    check("\"origin\": \"person\"", "\"origin\": \"somebody\"");
    check("\"modified\": \"2026-01-30T08:00:00Z\"", "\"modified\": \"yesterday\"");
}

#[test]
fn a_file_is_known_by_its_content_when_its_name_says_nothing() {
    for name in ["", "notes.txt", "whole.jsonl"] {
        assert_eq!(written(&opened(name, WHOLE.as_bytes()), true), WHOLE, "{name:?}");
    }
    let marked = [b"\xEF\xBB\xBF", WHOLE.as_bytes()].concat();
    assert_eq!(written(&opened("", &marked), true), WHOLE);
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(WHOLE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(written(&opened("whole.json", &utf16), true), WHOLE);
}

#[test]
fn several_files_one_after_another_are_one_and_an_error_among_them_is_named() {
    let one_line = written(&opened("a.json", WHOLE.as_bytes()), false);
    let lines = format!("{one_line}\n{{\"error\": \"no text\", \"line\": 2}}\n{one_line}\n");
    let file = opened("a.jsonl", lines.as_bytes());
    assert_eq!(documents(&file).len(), 2);
    assert_eq!(warnings(&file), ["document 2: holds only an error (\"no text\"): passed over"]);
}

#[test]
fn what_a_file_holds_survives_being_kept_in_the_browser() {
    let file = opened("whole.readout.json", WHOLE.as_bytes());
    let codebook = file.codebook.clone().expect("a codebook");
    let document = file.articles[0]
        .clone()
        .into_document(&crate::helpers::engine(), &codebook, &crate::helpers::stamp())
        .document;
    let kept = readout::store::encode_base(&document);
    assert_eq!(readout::store::decode_base(&document.article.id, &kept), Ok(document));
}

#[test]
fn the_examples_in_the_documents_can_be_opened() {
    let documents = [include_str!("../../docs/format.md"), include_str!("../../README.md")];
    for document in documents {
        let example = document.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
        let file = open_example(example.expect("an example"));
        assert_eq!(file.articles.len(), 1);
    }
}

/// Opens a shortened example: what it leaves out may cost entries, but what it says must be right.
fn open_example(example: &str) -> readout::exchange::Opened {
    let file = opened("example.json", example.as_bytes());
    let left_out: Vec<String> =
        warnings(&file).into_iter().filter(|it| !it.contains("id: is missing")).collect();
    assert_eq!(left_out, Vec::<String>::new());
    file
}
