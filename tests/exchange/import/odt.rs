//! OpenDocument texts: what is read of them, and documents made to do harm.

use proptest::prelude::*;
use readout::exchange::import::{Import, import};

use super::golden::{check_golden, fixtures, folder, imported};
use super::marks::{blocks, check_marks};
use super::zips::{packed, tampered};

/// A document with nothing but a body.
fn document(body: &str) -> String {
    let names = ["office", "text", "table", "style"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""));
    let draw = "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";
    format!(
        "<office:document-content {} {draw}><office:body><office:text>{body}</office:text></office:body>\
         </office:document-content>",
        names.join(" ")
    )
}

fn with_content(xml: &str) -> Vec<u8> {
    packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", xml.as_bytes())])
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    assert_eq!(blocks(&imported("a.odt", &with_content(&document(body)))), expected, "{body}");
}

#[test]
fn a_whole_document_is_read_block_by_block() {
    check_golden("odt/visit.txt", "visit.odt", &folder(&["odt/visit"]));
}

#[test]
fn a_document_in_one_xml_file_is_read_too() {
    let bytes = std::fs::read(fixtures().join("odt/note.fodt")).expect("the fixture is there");
    check_golden("odt/note.txt", "note.fodt", &bytes);
    assert_eq!(blocks(&imported("note.xml", &bytes)).len(), 2);
    let sheet = String::from_utf8_lossy(&bytes).replace("opendocument.text", "opendocument.spreadsheet");
    let error = import("note.fods", sheet.into_bytes()).expect_err("it is refused").to_string();
    assert!(error.starts_with("this is a spreadsheet (OpenDocument)"), "{error}");
}

#[test]
fn white_space_counts_once_but_where_it_is_an_element() {
    check("<text:p>\n  One\n\t two <text:span> three</text:span>\n</text:p>", &[": One two three"]);
    check("<text:p>One <text:s text:c='2'/> two</text:p>", &[": One    two"]);
    check("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", &["paragraph: a\tb\nc"]);
    check("<text:p>a&#xA0;&#xA0;b</text:p>", &[": a\u{a0}\u{a0}b"]);
}

#[test]
fn an_element_cannot_stand_for_more_than_a_hundred_spaces() {
    let body = "<text:p>a<text:s text:c='4000000000'/>b<text:s text:c='no'/>c</text:p>";
    check(body, &[&format!(": a{}b c", " ".repeat(100))]);
}

#[test]
fn what_is_hidden_is_left_out_and_that_is_said() {
    let body = "<text:p>Open.<text:hidden-text text:is-hidden='true'>No.</text:hidden-text>\
                <text:hidden-text text:is-hidden='false'>Yes.</text:hidden-text></text:p>\
                <text:p><text:hidden-paragraph text:is-hidden='true'/>Never.</text:p>";
    let imported = imported("a.odt", &with_content(&document(body)));
    assert_eq!(blocks(&imported), [": Open.Yes."]);
    let warnings: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["hidden words: what the document hides is not in the text"]);
}

#[test]
fn boxes_stand_behind_the_paragraph_that_they_hang_on() {
    check(
        "<text:p>Before <draw:custom-shape><text:p>In a shape.</text:p></draw:custom-shape>after.</text:p>",
        &[": Before after.", ": In a shape."],
    );
    check(
        "<draw:frame><draw:text-box><text:p>On the page.</text:p></draw:text-box></draw:frame>",
        &[": On the page."],
    );
    check(
        "<text:list><text:list-item><text:p>Item<draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box>\
         </draw:frame></text:p></text:list-item></text:list>",
        &["list-item: Item", ": Box"],
    );
}

#[test]
fn documents_made_to_do_harm_are_refused_with_a_reason() {
    let entities = "content.xml: it works with entities, which no office program writes: none was expanded, and it \
                    was not opened";
    let deep = 200_000;
    let cases: Vec<(&str, String, &str)> = vec![
        (
            "an entity that is a file",
            format!(
                "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{}",
                document("<text:p>&x;</text:p>")
            ),
            entities,
        ),
        (
            "deep nesting",
            document(&format!(
                "<text:p>{}{}</text:p>",
                "<text:span>".repeat(deep),
                "</text:span>".repeat(deep)
            )),
            "content.xml: its elements lie more than 1000 deep inside each other: it was not opened",
        ),
        (
            "an end that is missing",
            "<a><b></b>".into(),
            "content.xml: it is damaged at byte 10 (it breaks off)",
        ),
        (
            "more spaces than are taken",
            document(&format!("<text:p>a{}</text:p>", "<text:s text:c='99'/>".repeat(250_000))),
            "20.1 MB are too many: at most 20 MB are taken",
        ),
        ("no words", document("<text:p> </text:p>"), "the file holds no words"),
    ];
    for (what, xml, message) in cases {
        let error = import("a.odt", with_content(&xml)).expect_err(what).to_string();
        assert!(error.starts_with(message), "{what}: {error}");
    }
}

#[test]
fn a_locked_document_is_named_as_one() {
    let manifest = "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:file-entry>\
                    <m:encryption-data/></m:file-entry></m:manifest>";
    let zip = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"\x01\x02\x03"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ]);
    assert_eq!(
        import("a.odt", zip).expect_err("it is refused").to_string(),
        "this is an OpenDocument file locked with a password, not a text: open it in its program, save it without a \
         password and open that"
    );
}

proptest! {
    #[test]
    fn a_document_that_was_tampered_with_never_makes_it_panic(
        moves in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..7), 1..5),
    ) {
        let xml = std::fs::read_to_string(fixtures().join("odt/visit/content.xml")).expect("the fixture is there");
        if let Ok(Import::Article(imported)) = import("a.odt", with_content(&tampered(&xml, moves))) {
            check_marks(&imported);
        }
    }
}
