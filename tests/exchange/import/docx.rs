//! Word documents: what is read of them, and documents made to do harm.

use proptest::prelude::*;
use readout::exchange::import::{Import, import};

use super::golden::{check_golden, fixtures, folder, imported};
use super::marks::{blocks, check_marks};
use super::zips::{packed, tampered};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// A document with nothing but a body, in one of the standard's two namespaces.
fn document(namespace: &str, body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"{namespace}\"><w:body>{body}</w:body></w:document>");
    with_document(xml.as_bytes())
}

fn with_document(xml: &[u8]) -> Vec<u8> {
    packed(&[("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", xml)])
}

const TYPES: &[u8] = include_bytes!("../../fixtures/docx/package/[Content_Types].xml");
const RELATIONS: &[u8] = include_bytes!("../../fixtures/docx/package/_rels/.rels");

/// What a body's blocks are.
#[track_caller]
fn check(body: &str, expected: &[&str]) {
    for namespace in [W, STRICT] {
        assert_eq!(blocks(&imported("a.docx", &document(namespace, body))), expected, "{body}");
    }
}

fn warnings(body: &str) -> Vec<String> {
    imported("a.docx", &document(W, body)).warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_whole_document_is_read_block_by_block() {
    check_golden("docx/visit.txt", "visit.docx", &folder(&["docx/package", "docx/visit"]));
}

#[test]
fn words_keep_their_spaces_as_word_shows_them() {
    check("<w:p><w:r><w:t xml:space='preserve'>One </w:t><w:t>two</w:t></w:r></w:p>", &[": One two"]);
    // Without the word to preserve it, white space around words is layout of the file.
    check("<w:p><w:r><w:t>\n One &amp; two \n</w:t></w:r><w:r><w:t>,</w:t></w:r></w:p>", &[": One & two,"]);
    check("<w:p><w:r><w:t>a&#x301;<![CDATA[<b>]]></w:t></w:r></w:p>", &[": a\u{301}<b>"]);
    check(
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:tab/><w:t>A</w:t><w:cr/><w:t>B</w:t></w:r></w:p>",
        &[": A", ": B"],
    );
}

#[test]
fn a_broken_line_is_a_block_unless_a_sentence_goes_on_in_the_next() {
    let check = |lines: &str, expected: &[&str]| {
        let words = lines.replace('|', "</w:t><w:br/><w:t>");
        check(&format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"), expected);
    };
    check(
        "Press release|The minister met|her guest.|She left.",
        &[": Press release", "paragraph: The minister met\nher guest.", ": She left."],
    );
    check("12 Main Street,|London", &["paragraph: 12 Main Street,\nLondon"]);
    check("||One||two|", &["paragraph: One\n\ntwo"]);
    check("|Ünder|ünd", &["paragraph: Ünder\nünd"]);
}

#[test]
fn an_outline_level_makes_a_heading_and_takes_it_away() {
    let check = |properties: &str, kind: &str| {
        let body = format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>Words.</w:t></w:r></w:p>");
        let imported = imported("a.docx", &document(W, &body));
        assert_eq!(blocks(&imported), [format!("{kind}: Words.")], "{properties}");
    };
    check("<w:outlineLvl w:val='2'/>", "heading");
    check("<w:outlineLvl w:val='9'/>", "");
    check("<w:outlineLvl w:val='9'/><w:numPr><w:numId w:val='1'/></w:numPr>", "list-item");
    check("<w:numPr><w:numId w:val='0'/></w:numPr>", "");
    check("<w:outlineLvl w:val='0'/><w:numPr><w:numId w:val='1'/></w:numPr>", "heading");
    // What stood before a tracked change does not count.
    check("<w:pPrChange><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:pPrChange>", "");
}

#[test]
fn a_paragraph_whose_mark_was_struck_out_goes_on_in_the_next() {
    check(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>One </w:t></w:r></w:p>\
         <w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>and two</w:t></w:r></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>The last</w:t></w:r></w:p>",
        &["heading: One and two", ": The last"],
    );
}

#[test]
fn a_field_shows_its_result_and_not_its_code() {
    let begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>";
    let separate = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>";
    let end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let code = "<w:r><w:instrText>IF</w:instrText></w:r>";
    let word = |word: &str| format!("<w:r><w:t>{word}</w:t></w:r>");
    let inner = format!("{begin}{code}{separate}{}{end}", word("inner"));
    check(&format!("<w:p>{begin}{code}{inner}{code}{separate}{}{end}</w:p>", word("shown")), &[": shown"]);
    check(&format!("<w:p>{begin}{code}{end}{}</w:p>", word("after")), &[": after"]);
    // A field that never ends hides nothing of what follows.
    check(&format!("<w:p>{begin}{code}</w:p><w:p>{inner}</w:p>"), &[": inner"]);
    check("<w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>", &[": 7"]);
}

#[test]
fn hidden_words_are_left_out_and_that_is_said() {
    let run = |properties: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>Secret.</w:t></w:r>");
    let body = |properties: &str| format!("<w:p><w:r><w:t>Open.</w:t></w:r>{}</w:p>", run(properties));
    check(&body("<w:vanish/>"), &[": Open."]);
    check(&body("<w:vanish w:val='1'/>"), &[": Open."]);
    check(&body("<w:vanish w:val='false'/>"), &[": Open.Secret."]);
    check(&body("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), &[": Open.Secret."]);
    assert_eq!(warnings(&body("<w:vanish/>")), ["hidden words: what the document hides is not in the text"]);
}

#[test]
fn signs_of_symbol_fonts_become_characters() {
    let run = |font: &str, words: &str| {
        format!("<w:r><w:rPr><w:rFonts w:ascii='{font}'/></w:rPr><w:t>{words}</w:t></w:r>")
    };
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        run("Wingdings", "\u{f0fc}a"),
        run("Symbol", "\u{f0b7}"),
        run("x", "\u{f021}")
    );
    check(&body, &[": ✓a•\u{fffd}"]);
    assert_eq!(
        warnings(&body),
        ["signs: 1 sign of special fonts replaced by \u{fffd}: no character is known"]
    );
}

#[test]
fn a_table_that_lays_out_the_page_leaves_its_blocks_as_they_are() {
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let cell = |inner: &str| format!("<w:tc><w:tcPr/>{inner}</w:tc>");
    let table = |cells: &str| format!("<w:tbl><w:tr><w:trPr/>{cells}</w:tr></w:tbl>");
    check(&table(&[cell(&p("A")), cell(""), cell(&p("C"))].concat()), &["paragraph: A\t\tC"]);
    check(&table(&[cell(&[p("A"), p("B")].concat()), cell(&p("C"))].concat()), &[": A", ": B", ": C"]);
    check(&table(&[cell(&p("A")), cell("")].concat()), &[": A"]);
    let inner = table(&[cell(&p("B")), cell(&p("C"))].concat());
    check(
        &table(&[cell(&[p("A"), inner].concat()), cell(&p("D"))].concat()),
        &[": A", "paragraph: B\tC", ": D"],
    );
    check(
        &table(
            "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>y</w:t></w:r></w:p></w:tc>",
        ),
        &[": y"],
    );
}

#[test]
fn what_was_left_out_or_altered_is_said_once() {
    let body = "<w:p><w:ins><w:r><w:t>In.</w:t></w:r></w:ins><w:del><w:r><w:delText>Out.</w:delText></w:r></w:del>\
                <w:moveFrom><w:r><w:t>Gone.</w:t></w:r></w:moveFrom><w:r><w:commentReference/></w:r>\
                <w:r><w:sym w:font='Wingdings' w:char='F021'/></w:r></w:p><w:altChunk/>";
    assert_eq!(
        warnings(body),
        [
            "tracked changes: 3 tracked changes read as accepted: words that were struck out are not in the text",
            "comments: 1 comment left out",
            "signs: 1 sign of special fonts replaced by \u{fffd}: no character is known",
            "embedded files: 1 file left out",
        ]
    );
}

#[test]
fn a_document_in_utf16_or_under_another_name_is_found() {
    let xml = format!(
        "<w:document xmlns:w=\"{W}\"><w:body><w:p><w:r><w:t>Ü日</w:t></w:r></w:p></w:body></w:document>"
    );
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(xml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(blocks(&imported("a.docx", &with_document(&utf16))), [": Ü日"]);
    let marked = [b"\xEF\xBB\xBF", xml.as_bytes()].concat();
    assert_eq!(blocks(&imported("", &with_document(&marked))), [": Ü日"]);
    let named =
        |text: &[u8]| String::from_utf8_lossy(text).replace("word/document.xml", "word/document2.xml");
    let (types, relations) = (named(TYPES), named(RELATIONS));
    let zip = packed(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("word/document2.xml", xml.as_bytes()),
    ]);
    assert_eq!(blocks(&imported("a.docx", &zip)), [": Ü日"]);
}

#[test]
fn what_is_no_text_is_named_for_what_it_is() {
    let package = |kind: &str| {
        let types = String::from_utf8_lossy(TYPES).replace("wordprocessingml.document", kind);
        packed(&[
            ("[Content_Types].xml", types.as_bytes()),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", b"<a/>"),
        ])
    };
    for (zip, message) in [
        (
            package("spreadsheetml.sheet"),
            "this is a spreadsheet (Excel), not a text: copy the cells with the words and paste them, or save them \
             as plain text",
        ),
        (
            package("presentationml.presentation"),
            "this is a presentation (PowerPoint), not a text: copy the words out of it and paste them",
        ),
        (
            package("drawing"),
            "this is an Office file other than a Word document, not a text: copy the words out of it and paste them",
        ),
        (
            packed(&[("mimetype", b"application/epub+zip"), ("OEBPS/a.xhtml", b"<html/>")]),
            "this is a book (EPUB), not a text: unpack it and open the pages that lie in it",
        ),
        (
            packed(&[
                ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", b"<a/>"),
            ]),
            "this is a spreadsheet (OpenDocument), not a text: copy the cells with the words and paste them, or save \
             them as plain text",
        ),
        (
            packed(&[("Index/Document.iwa", b"\0")]),
            "this is a document of Pages, Numbers or Keynote, not a text: export it as a Word document (.docx)",
        ),
    ] {
        assert_eq!(import("a", zip).expect_err(message).to_string(), message);
    }
}

#[test]
fn documents_made_to_do_harm_are_refused_with_a_reason() {
    let body = |inner: &str| format!("<w:document xmlns:w=\"{W}\"><w:body>{inner}</w:body></w:document>");
    let entities = "word/document.xml: it works with entities, which no office program writes: none was expanded, and \
                    it was not opened";
    let deep = 200_000;
    let cases: Vec<(&str, String, &str)> = vec![
        (
            "an entity that is a file",
            format!(
                "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{}",
                body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")
            ),
            entities,
        ),
        (
            "entities that grow",
            format!(
                "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]>{}",
                body("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>")
            ),
            entities,
        ),
        ("an entity that nobody declares", body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"), entities),
        (
            "deep nesting",
            body(&format!("{}{}", "<w:tbl>".repeat(deep), "</w:tbl>".repeat(deep))),
            "word/document.xml: its elements lie more than 1000 deep inside each other: it was not opened",
        ),
        (
            "an end that is missing",
            body("").replace("</w:document>", ""),
            "word/document.xml: it is damaged at byte",
        ),
        ("an end of another", body("<w:p></w:r>"), "word/document.xml: it is damaged at byte"),
        ("no XML", "Just words".into(), "word/document.xml: it is damaged at byte 10 (it breaks off)"),
        ("nothing", String::new(), "word/document.xml: it is damaged at byte 0 (it breaks off)"),
        (
            "more words than are taken",
            body(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "words ".repeat(4_000_000))),
            "24 MB are too many: at most 20 MB are taken",
        ),
        ("no words", body("<w:p/>"), "the file holds no words"),
        ("no body", "<other/>".into(), "the file holds no words"),
    ];
    for (what, xml, message) in cases {
        let error = import("a.docx", with_document(xml.as_bytes())).expect_err(what).to_string();
        assert!(error.starts_with(message), "{what}: {error}");
    }
}

#[test]
fn a_document_type_without_entities_does_no_harm() {
    let xml = format!(
        "<!DOCTYPE d SYSTEM 'https://example.org/x.dtd'><w:document xmlns:w=\"{W}\"><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p>\
         </w:body></w:document>"
    );
    assert_eq!(blocks(&imported("a.docx", &with_document(xml.as_bytes()))), [": Words."]);
}

#[test]
fn damaged_styles_and_properties_cost_themselves_alone() {
    let xml = format!(
        "<w:document xmlns:w=\"{W}\"><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>"
    );
    let zip = packed(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        (
            "word/_rels/document.xml.rels",
            include_bytes!("../../fixtures/docx/package/word/_rels/document.xml.rels"),
        ),
        ("word/document.xml", xml.as_bytes()),
        ("word/styles.xml", b"<broken"),
        ("docProps/core.xml", b"<!DOCTYPE x [<!ENTITY e 'x'>]><a>&e;</a>"),
    ]);
    let imported = imported("a.docx", &zip);
    assert_eq!(blocks(&imported), [": Words."]);
    let places: Vec<&str> = imported.warnings.iter().map(|warning| warning.place.as_str()).collect();
    assert_eq!(places, ["styles", "title and author"]);
}

#[test]
fn styles_that_are_based_on_each_other_come_to_an_end() {
    let document = format!(
        "<w:document xmlns:w=\"{W}\"><w:body><w:p><w:pPr><w:pStyle w:val='hen'/></w:pPr><w:r><w:t>Words.</w:t></w:r></w:p>\
         </w:body></w:document>"
    );
    let styles = format!(
        "<w:styles xmlns:w=\"{W}\"><w:style w:styleId='hen'><w:basedOn w:val='egg'/></w:style><w:style w:styleId='egg'>\
         <w:name w:val='Quote'/><w:basedOn w:val='hen'/></w:style></w:styles>"
    );
    let zip = packed(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        (
            "word/_rels/document.xml.rels",
            include_bytes!("../../fixtures/docx/package/word/_rels/document.xml.rels"),
        ),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ]);
    assert_eq!(blocks(&imported("a.docx", &zip)), ["quotation: Words."]);
}

#[test]
fn a_locked_document_is_named_as_one() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ole = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600], &name, &[0; 600]].concat();
    let error = import("a.docx", ole).expect_err("it is refused").to_string();
    assert_eq!(
        error,
        "this is an Office file locked with a password, not a text: open it in its program, save it without a \
         password and open that"
    );
}

proptest! {
    #[test]
    fn a_document_that_was_tampered_with_never_makes_it_panic(
        moves in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..7), 1..5),
    ) {
        let xml = std::fs::read_to_string(fixtures().join("docx/visit/word/document.xml")).expect("it is there");
        if let Ok(Import::Article(imported)) = import("a.docx", with_document(tampered(&xml, moves).as_bytes())) {
            check_marks(&imported);
        }
    }
}
