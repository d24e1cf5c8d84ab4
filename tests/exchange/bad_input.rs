//! Readout JSON that is not as it should be: each fault costs what it must and no more, and is named.

use readout::exchange::open;
use serde_json::{Value, json};

use crate::helpers::{documents, opened, warnings};

const WHOLE: &str = include_str!("../fixtures/readout-json/whole.readout.json");

fn whole() -> Value {
    serde_json::from_str(WHOLE).expect("JSON")
}

/// Alters the whole file and compares why it is refused.
fn check_refused(alter: impl FnOnce(&mut Value), message: &str) {
    let mut file = whole();
    alter(&mut file);
    let error = open("a.json", file.to_string().as_bytes()).expect_err(message);
    assert_eq!(error.to_string(), message);
}

/// Alters the one article of the whole file and compares the warnings and how many tags, judgements and entities
/// are left of 3, 1 and 4.
fn check(alter: impl FnOnce(&mut Value), expected: &[&str], left: [usize; 3]) {
    let mut file = whole();
    alter(&mut file["articles"][0]);
    let file = opened("a.json", file.to_string().as_bytes());
    assert_eq!(warnings(&file), expected);
    let set = documents(&file).remove(0).set;
    assert_eq!([set.tags.len(), set.judgements.len(), set.entities.len()], left);
}

#[test]
fn what_is_not_readout_json_is_refused_with_the_place() {
    let refused = |bytes: &[u8]| open("a.json", bytes).expect_err("refused").to_string();
    assert_eq!(refused(b"  \n"), "the file holds no words");
    assert_eq!(refused(b"{\n \"format\": readout"), "line 2, column 12: this is not JSON: expected value");
    assert_eq!(refused(b"[1, 2]"), "the file: a list stands where an object should");
    assert_eq!(refused(b"{\"a\": 1}"), "format: is missing: this JSON was not written by Readout");
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\n"),
        "this is a picture (PNG), not a text: copy the words out of it and paste them"
    );
    let torn = refused(&WHOLE.as_bytes()[..WHOLE.len() - 30]);
    assert!(torn.starts_with("line ") && torn.ends_with(": it breaks off here"), "{torn}");
    let mut damaged = WHOLE.as_bytes().to_vec();
    damaged[40] = 0xFF;
    assert_eq!(refused(&damaged), "line 4, column 2: the file is damaged: what stands here is not UTF-8");
    assert!(refused("[".repeat(100_000).as_bytes()).contains("recursion limit"));
}

#[test]
fn a_newer_version_is_refused_with_what_to_do() {
    check_refused(
        |file| file["version"] = json!(2),
        "version: this file was written by a newer Readout (form 2, this one reads 1): update Readout to open it",
    );
    check_refused(|file| file["version"] = json!("1"), "version: \"1\" is not a version of this form");
    check_refused(|file| file["version"] = Value::Null, "version: is missing");
}

#[test]
fn another_tool_or_unit_is_refused() {
    check_refused(
        |file| file["format"] = json!("brat"),
        "format: \"brat\" is not \"readout\": another tool wrote this file",
    );
    check_refused(
        |file| file["offset_unit"] = json!("bytes"),
        "offset_unit: \"bytes\" is not \"unicode-code-points\", the one unit of this form",
    );
    check_refused(|file| file["offset_unit"] = Value::Null, "offset_unit: is missing");
}

#[test]
fn a_text_that_is_not_the_one_that_was_annotated_refuses_the_file_whole() {
    check_refused(
        |file| file["articles"][0]["text"] = json!("Another text."),
        "article 1, text_sha256: is not that of the text: the text was changed or damaged after the file was written",
    );
    check_refused(|file| file["articles"][0]["text"] = json!(" \n"), "article 1, text: holds no words");
    check_refused(|file| file["articles"][0]["text"] = Value::Null, "article 1, text: is missing");
    check_refused(|file| file["articles"] = json!([]), "articles: the file holds no article");
    check_refused(|file| file["articles"] = json!([7]), "article 1: a number stands where an object should");
}

#[test]
fn wrong_offsets_cost_the_entry_alone() {
    check(
        |article| article["tags"][2]["end"] = json!(431),
        &["article 1, tag 3: end 431 lies past the text's 220 code points: left out"],
        [2, 1, 4],
    );
    check(
        |article| article["tags"][0]["quote"] = json!("He thanked"),
        &["article 1, tag 1: the quote \"He thanked\" is not what stands at 117 to 149 (\"She thanked \
           បុប្ផា for the rice.\"): left out"],
        [2, 1, 4],
    );
    check(
        |article| article["entities"][1]["end"] = json!(3),
        &["article 1, entity 2: start 55 is not before end 3: left out"],
        [3, 1, 3],
    );
    check(
        |article| article["judgements"][0]["start"] = json!("two"),
        &["article 1, judgement 1, start: \"two\" is not an offset: left out"],
        [3, 0, 4],
    );
    check(|article| article["tags"][0]["start"] = json!(117.0), &[], [3, 1, 4]);
}

#[test]
fn offsets_in_another_unit_are_recognised() {
    check(
        |article| {
            // One pair stands before it.
            article["entities"][1]["start"] = json!(56);
            article["entities"][1]["end"] = json!(64);
        },
        &[
            "article 1, entity 2: the quote \"Lîna Öst\" is not what stands at 56 to 64 (\"îna Öst \"); it does when \
           counted in UTF-16 code units, but this form counts code points: left out",
        ],
        [3, 1, 3],
    );
}

#[test]
fn faulty_words_in_a_tag_cost_the_words_not_the_tag() {
    check(
        |article| article["tags"][1]["evidence"][0]["end"] = json!(9999),
        &["article 1, tag 2, evidence 1: end 9999 lies past the text's 220 code points: left out"],
        [3, 1, 4],
    );
    check(
        |article| article["tags"][1]["created"] = json!("yesterday"),
        &["article 1, tag 2, created: \"yesterday\" is not a time in RFC 3339: the time is left out"],
        [3, 1, 4],
    );
}

#[test]
fn a_sentence_that_does_not_hold_its_tag_gives_way_to_the_tags_own_span() {
    check(
        |article| article["tags"][1]["sentence"] = json!("0-24"),
        &["article 1, tag 2, sentence: \"0-24\" does not hold the start of the tag: its own span is taken"],
        [3, 1, 4],
    );
    check(
        |article| article["tags"][1]["sentence"] = json!("s5"),
        &["article 1, tag 2, sentence: \"s5\" names no sentence: left out"],
        [2, 1, 4],
    );
    check(
        |article| {
            article["sentences"][4]["id"] = json!("s5");
            article["tags"][1]["sentence"] = json!("s5");
        },
        &[],
        [3, 1, 4],
    );
}

#[test]
fn what_is_missing_or_not_a_known_word_is_named() {
    check(
        |article| article["entities"][0]["kind"] = json!("robot"),
        &[
            "article 1, entity 1, kind: unknown word \"robot\", expected one of \"person\", \"organisation\", \
           \"group\", \"place\", \"facility\", \"agreement\", \"event\", \"date\", \"money\": left out",
        ],
        [3, 1, 3],
    );
    check(
        |article| article["tags"][0]["label"] = Value::Null,
        &["article 1, tag 1, label: is missing: left out"],
        [2, 1, 4],
    );
    check(
        |article| article["tags"][0] = json!("a tag"),
        &["article 1, tag 1: a text stands where an object should: left out"],
        [2, 1, 4],
    );
    check(
        |article| article["tags"] = json!(7),
        &["article 1, tags: a number stands where a list should: left out"],
        [0, 1, 4],
    );
    check(
        |article| article["suggestions"][0]["score"] = json!(93),
        &["article 1, suggestion 1, score: 93 is not between 0 and 1: left out"],
        [3, 1, 4],
    );
    check(
        |article| article["title"] = json!(["x"]),
        &["article 1, title: a list stands where a text should: left out"],
        [3, 1, 4],
    );
}

#[test]
fn an_id_that_is_there_twice_keeps_the_first() {
    check(
        |article| article["tags"][1]["id"] = json!("t1"),
        &["article 1: id \"t1\" is there twice: the second tag is left out"],
        [2, 1, 4],
    );
    check(
        |article| {
            article["entities"][1]["start"] = json!(50);
            article["entities"][1]["quote"] = Value::Null;
            article["entities"][1]["id"] = json!("e9");
            article["entities"].as_array_mut().expect("a list").push(json!({
                "id": "e10", "start": 60, "end": 70, "kind": "person"
            }));
        },
        &["article 1: entity \"e10\" overlaps another one: left out"],
        [3, 1, 4],
    );
}

#[test]
fn a_label_that_the_codebook_lacks_is_added_and_its_tags_stay() {
    let mut file = whole();
    file["articles"][0]["tags"][2]["label"] = json!("veiled-threat");
    let file = opened("a.json", file.to_string().as_bytes());
    assert_eq!(
        warnings(&file),
        ["article 1: label \"veiled-threat\" is not in the codebook: it was added without a definition"]
    );
    let label = file.codebook.as_ref().and_then(|it| it.labels.last()).expect("a label").clone();
    assert_eq!(
        (label.id.as_str(), label.name.as_str(), label.key.as_str()),
        ("veiled-threat", "Veiled threat", "4")
    );
    assert_eq!(documents(&file)[0].set.tags.len(), 3);
}

#[test]
fn a_file_without_a_codebook_completes_the_one_in_use() {
    let mut file = whole();
    file["codebook"] = Value::Null;
    file["articles"][0]["tags"][2]["label"] = json!("threat");
    let file = opened("a.json", file.to_string().as_bytes());
    assert_eq!(file.codebook, None);
    let codebook = documents(&file)[0].codebook.clone();
    assert_eq!(codebook.labels.len(), 4);
}

#[test]
fn blocks_and_sentences_that_do_not_fit_the_text_are_drawn_anew_and_tags_stay() {
    let mut file = whole();
    let sentences = file["articles"][0]["sentences"].as_array_mut().expect("a list");
    sentences.remove(3);
    let file = opened("a.json", file.to_string().as_bytes());
    assert_eq!(
        warnings(&file),
        [
            "article 1, sentences: 150 to 189, \"“We will rebuild the bridge,” Öst said.\": words before it belong to \
          nothing; blocks and sentences are drawn anew, tags stay where they are"
        ]
    );
    let document = &documents(&file)[0];
    assert_eq!(&*document.engine, "test 1");
    assert_eq!(document.set.tags.len(), 3);
}

#[test]
fn a_bare_article_is_analysed() {
    let file = json!({"format": "readout", "version": 1, "offset_unit": "unicode-code-points",
        "articles": [{"text": "First line.\nSecond line.",
                      "tags": [{"id": "t", "start": 12, "end": 24, "label": "proposal"}]}]});
    let file = opened("a.json", file.to_string().as_bytes());
    assert_eq!(warnings(&file), Vec::<String>::new());
    let document = &documents(&file)[0];
    assert_eq!(document.set.outline.sentences().len(), 2);
    assert_eq!(document.set.tags_on(document.set.outline.sentences()[1].span).len(), 1);
    assert_eq!(document.set.meta.title, "First line.");
}

#[test]
fn a_ring_of_parties_is_cut() {
    check(
        |article| article["parties"][0]["of"] = json!("p1"),
        &[
            "article 1: party \"p0\" belongs to itself in the end: what it belongs to is left out",
            "article 1: party \"p1\" belongs to itself in the end: what it belongs to is left out",
        ],
        [3, 1, 4],
    );
}
