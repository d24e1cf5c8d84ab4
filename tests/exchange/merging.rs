//! Opening a file whose text is already there.

use std::rc::Rc;

use readout::annotation::{Document, Op, commands};
use readout::exchange::{Incoming, Merged, merge_edit};
use serde_json::{Value, json};

use crate::helpers::{document, opened, stamp};

const WHOLE: &str = include_str!("../fixtures/readout-json/whole.readout.json");

fn incoming(alter: impl FnOnce(&mut Value)) -> Incoming {
    let mut file: Value = serde_json::from_str(WHOLE).expect("JSON");
    alter(&mut file["articles"][0]);
    opened("a.json", file.to_string().as_bytes()).articles.remove(0)
}

/// Merges into a document and performs the edit.
fn merge(document: &mut Document, incoming: &Incoming) -> Merged {
    let merged = merge_edit(document, incoming, &mut stamp());
    if let Some(edit) = &merged.edit {
        document.perform(&Op::Do { edit: Rc::new(edit.clone()) }).expect("a merge fits its document");
    }
    merged
}

fn messages(merged: &Merged) -> Vec<String> {
    merged.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn opening_the_same_file_again_adds_nothing_and_complains_of_nothing() {
    let file = incoming(|_| {});
    let mut document = document(file.clone(), None);
    assert_eq!(merge(&mut document, &file), Merged::default());
}

#[test]
fn tags_and_judgements_come_into_an_article_that_has_none() {
    let file = incoming(|_| {});
    let bare = Incoming::fresh(file.article.clone(), file.meta.clone());
    let mut document = document(bare, None);
    let merged = merge(&mut document, &file);
    assert_eq!((document.set.tags.len(), document.set.judgements.len()), (3, 1));
    let names: Vec<&str> = document.set.parties.values().map(|party| party.name.as_str()).collect();
    for name in ["Aral", "Lîna Öst", "បុប្ផា Chan"] {
        assert!(names.contains(&name), "{name} is in {names:?}");
    }
    assert_eq!(
        messages(&merged),
        ["entities: 2 names that a person changed in the file stayed as they are here"]
    );
    assert_eq!(merge(&mut document, &file).edit, None, "a second time adds nothing");
    document.perform(&Op::Undo).expect("an import can be undone");
    assert_eq!((document.set.tags.len(), document.set.judgements.len()), (0, 0));
}

#[test]
fn what_differs_stays_as_it_is_and_is_reported() {
    let mut document = document(incoming(|_| {}), None);
    let other = incoming(|article| {
        article["tags"][0]["note"] = json!("Another note.");
        article["tags"][2]["id"] = json!("t9");
        article["tags"][1]["id"] = json!("t8");
        article["tags"][1]["coder"] = json!("c2");
    });
    let merged = merge(&mut document, &other);
    assert_eq!(messages(&merged), ["tag at 117 to 149: it is otherwise here: left as it is here"]);
    assert_eq!(document.set.tags.len(), 4, "the second coder's tag came in, the twin did not");
    assert_eq!(document.set.tags.get(&"t1".into()).expect("there").note, "For the rice,\nnot the bridge.");
}

#[test]
fn a_coder_does_not_both_tag_a_sentence_and_say_that_no_label_applies() {
    let mut document = document(incoming(|article| article["tags"] = json!([])), None);
    let judged = document.set.judgements.iter().next().expect("one").span;
    let other = incoming(|article| {
        let judgement = article["judgements"][0].clone();
        let mut tag = article["tags"][0].clone();
        for field in ["start", "end", "quote", "sentence"] {
            tag[field] = judgement[field].clone();
        }
        tag["evidence"] = json!([]);
        article["tags"] = json!([tag]);
        article["judgements"] = json!([]);
    });
    let merged = merge(&mut document, &other);
    assert_eq!(merged.edit, None);
    assert!(
        messages(&merged)[0].ends_with("the same coder says here that no label applies: left as it is here")
    );
    assert_eq!(document.set.tags_on(judged).len(), 0);
}

#[test]
fn a_party_with_the_id_of_another_one_gets_a_new_id() {
    let mut document = document(
        incoming(|article| {
            article["parties"][0]["name"] = json!("Elsewhere");
            article["tags"] = json!([]);
        }),
        None,
    );
    merge(&mut document, &incoming(|_| {}));
    let proposal = document.set.tags.get(&"t3".into()).expect("there").clone();
    let party = proposal.by[0].party.clone().expect("a party");
    assert_eq!(document.set.parties.get(&party).expect("there").name, "Aral");
    assert_eq!(document.set.parties.get(&"p0".into()).expect("there").name, "Elsewhere");
}

#[test]
fn a_label_that_the_article_lacks_comes_with_its_tags() {
    let mut document = document(incoming(|_| {}), None);
    let other = incoming(|article| {
        article["tags"][0]["id"] = json!("t7");
        article["tags"][0]["label"] = json!("threat");
    });
    let merged = merge(&mut document, &other);
    assert_eq!(merged.codebook.as_ref().expect("a longer codebook").labels.len(), 4);
    assert_eq!(
        messages(&merged),
        ["codebook: label \"threat\" is used but not defined: it was added without a definition"]
    );
}

#[test]
fn a_file_with_another_text_adds_nothing() {
    let mut document = document(opened("", b"Another text.").articles.remove(0), None);
    let merged = merge(&mut document, &incoming(|_| {}));
    assert_eq!(merged.edit, None);
    assert_eq!(messages(&merged), ["text: it is another one than the article's: nothing was added"]);
    // Still a document that can be worked on.
    let sentence = document.set.outline.sentences()[0].span;
    assert!(commands::toggle_label(&document, &[sentence], &"proposal".into(), stamp()).is_some());
}
