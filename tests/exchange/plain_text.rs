//! Plain texts: what becomes of their bytes.

use readout::exchange::{MAX_TEXT_BYTES, open};

use crate::helpers::{document, opened, warnings};

/// Opens bytes as a text file and compares the text and the warnings.
fn check(bytes: &[u8], text: &str, expected: &[&str]) {
    let file = opened("a.txt", bytes);
    assert_eq!(&*file.articles[0].article.text, text);
    assert_eq!(warnings(&file), expected);
}

fn check_refused(bytes: &[u8], message: &str) {
    let error = open("a.txt", bytes).expect_err(message);
    assert_eq!(error.to_string(), message);
}

#[test]
fn every_line_end_becomes_lf() {
    check(b"One.\r\nTwo.\rThree.\nFour.\r\r\n", "One.\nTwo.\nThree.\nFour.\n\n", &[]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    check("\u{feff}Ünïcode.".as_bytes(), "Ünïcode.", &[]);
}

#[test]
fn utf16_is_read_with_and_without_its_mark() {
    let text = "Ministers met. 🤝 日本";
    for bytes in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
        let encoded: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        let marked = [&bytes(0xFEFF)[..], &encoded].concat();
        check(&marked, text, &[]);
        check(&encoded, text, &[]);
    }
    check(
        b"\xFF\xFEO\0k\0.",
        "Ok\u{fffd}",
        &["line 1, column 3: a character is not UTF-16: replaced by \u{fffd}"],
    );
}

#[test]
fn bytes_that_are_not_utf8_are_replaced_and_the_first_is_named() {
    let text = b"Good words.\r\nThe caf\xE9 and the na\xEFve words that follow are kept.";
    let decoded = "Good words.\nThe caf\u{fffd} and the na\u{fffd}ve words that follow are kept.";
    check(text, decoded, &["line 2, column 8: 2 places are not UTF-8: replaced by \u{fffd}"]);
}

#[test]
fn a_nul_is_replaced_and_named() {
    check(
        b"A word.\nAno\0ther.",
        "A word.\nAno\u{fffd}ther.",
        &["line 2, column 4: a NUL was replaced by \u{fffd}"],
    );
}

#[test]
fn a_text_in_another_encoding_is_refused_rather_than_shown_as_rubbish() {
    let cyrillic = [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x20].repeat(20);
    check_refused(
        &cyrillic,
        "line 1, column 1: from here on most of it is not UTF-8: save the text as UTF-8 and open it again",
    );
}

#[test]
fn a_file_without_words_is_refused() {
    for bytes in [&b""[..], b" \r\n\t", b"\xEF\xBB\xBF", b"\xFF\xFE"] {
        check_refused(bytes, "the file holds no words");
    }
}

#[test]
fn a_binary_file_is_named_for_what_it_is() {
    check_refused(
        b"%PDF-1.7\n%\xE2\xE3",
        "this is a PDF, not a text: copy the words out of it and paste them",
    );
    check_refused(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "this is a picture (PNG), not a text: copy the words out of it and paste them",
    );
    check_refused(
        b"PK\x03\x04\x14\0\x06\0",
        "this is a ZIP archive, as Word, OpenDocument and EPUB files are, not a text: save it as plain text (UTF-8) \
         and open that",
    );
    let unknown: Vec<u8> = (0..400u32).map(|number| (number * 7 % 251) as u8 & 0x7f).collect();
    check_refused(&unknown, "this is a binary file, not a text: save it as plain text (UTF-8) and open that");
}

#[test]
fn words_that_begin_like_a_file_are_still_words() {
    check(b"BZh is a mark. ID3 too.", "BZh is a mark. ID3 too.", &[]);
    check(b"{not json}", "{not json}", &[]);
}

#[test]
fn twenty_megabytes_are_taken_and_one_byte_more_is_not() {
    let mut bytes = b"Some words. ".repeat(MAX_TEXT_BYTES / 12 + 1);
    bytes.truncate(MAX_TEXT_BYTES);
    assert_eq!(opened("a.txt", &bytes).articles[0].article.text.len(), MAX_TEXT_BYTES);
    bytes.push(b'!');
    check_refused(&bytes, "20.1 MB are too many: at most 20 MB are taken");
}

#[test]
fn where_a_text_came_from_is_recorded() {
    let file = opened("note.txt", b"\xEF\xBB\xBFabc");
    let original = file.articles[0].article.original.clone().expect("an original");
    assert_eq!((original.name.as_str(), original.importer.as_str()), ("note.txt", "text 1"));
    assert_eq!(original.sha256, readout::text::text_sha256("\u{feff}abc"));
}

#[test]
fn the_title_is_the_first_line_cut_at_a_word() {
    let title =
        |text: &str| document(opened("", text.as_bytes()).articles.remove(0), None).set.meta.title.clone();
    assert_eq!(title("\n  Ministers meet  \n\nThe report."), "Ministers meet");
    let long = "word ".repeat(60);
    assert!(title(&long).chars().count() <= 120, "{}", title(&long));
    assert!(title(&long).ends_with("word…"), "{}", title(&long));
    assert_eq!(title(&"語".repeat(200)).chars().count(), 120);
}
