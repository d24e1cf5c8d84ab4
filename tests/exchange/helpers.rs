//! What the tests of files share.

use std::rc::Rc;
use std::sync::OnceLock;

use readout::annotation::{Codebook, Document, Id, Op, Stamp, Timestamp};
use readout::exchange::{Engine, Incoming, Opened, WriteOptions, open, write};

pub(crate) fn stamp() -> Stamp {
    Stamp::new(Timestamp(1_769_851_800_000), Id::from("c9"), "seed")
}

/// The document that an article on its way in becomes, with the file's tags put.
pub(crate) fn document(incoming: Incoming, codebook: Option<&Rc<Codebook>>) -> Document {
    let standard = Codebook::standard();
    let ready = incoming.into_document(&engine(), codebook.unwrap_or(&standard), &stamp());
    let mut document = ready.document;
    if let Some(edit) = ready.edit {
        document.perform(&Op::Do { edit: Rc::new(edit) }).expect("an import fits its own document");
    }
    document
}

pub(crate) fn documents(opened: &Opened) -> Vec<Document> {
    opened.articles.iter().map(|incoming| document(incoming.clone(), opened.codebook.as_ref())).collect()
}

/// The file that holds what was opened.
pub(crate) fn written(opened: &Opened, lines: bool) -> String {
    let documents = documents(opened);
    let options = WriteOptions {
        exported: Some(Timestamp(1_769_851_800_000)),
        coders: opened.coders.clone(),
        codebook: opened.codebook.clone(),
        learned: opened.learned.clone(),
        names: opened.names.clone(),
        extra: opened.extra.clone(),
        lines,
    };
    write(&documents.iter().collect::<Vec<_>>(), &options)
}

pub(crate) fn opened(name: &str, bytes: &[u8]) -> Opened {
    open(name, bytes).unwrap_or_else(|error| panic!("{name} was refused: {error}"))
}

pub(crate) fn warnings(opened: &Opened) -> Vec<String> {
    opened.warnings.iter().map(ToString::to_string).collect()
}

/// What the schema has against a file.
pub(crate) fn schema_faults(json: &str) -> Vec<String> {
    static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
    let validator = SCHEMA.get_or_init(|| {
        let schema = include_str!("../../static/readout.schema.json");
        jsonschema::draft202012::new(&serde_json::from_str(schema).expect("the schema is JSON"))
            .expect("the schema is one")
    });
    let value = serde_json::from_str(json).expect("the file is JSON");
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Every quote of a file that is not the slice that its offsets name, counted in code points.
pub(crate) fn wrong_quotes(json: &str) -> Vec<String> {
    fn walk(value: &serde_json::Value, text: &[char], wrong: &mut Vec<String>) {
        match value {
            serde_json::Value::Array(list) => list.iter().for_each(|item| walk(item, text, wrong)),
            serde_json::Value::Object(map) => {
                if let Some(quote) = map.get("quote").and_then(|quote| quote.as_str()) {
                    let at = |name: &str| map[name].as_u64().expect("an offset") as usize;
                    let slice: String = text[at("start")..at("end")].iter().collect();
                    if slice != quote {
                        wrong.push(format!("{quote:?} is not {slice:?}"));
                    }
                }
                map.values().for_each(|item| walk(item, text, wrong));
            }
            _ => {}
        }
    }
    let value: serde_json::Value = serde_json::from_str(json).expect("the file is JSON");
    let mut wrong = Vec::new();
    for article in value["articles"].as_array().expect("articles") {
        let text: Vec<char> = article["text"].as_str().expect("a text").chars().collect();
        walk(article, &text, &mut wrong);
    }
    wrong
}

/// The engine of the tests: patterns and lists alone, under a name that no version changes.
pub(crate) fn engine() -> Engine {
    Engine { name: "test 1".to_owned(), tagger: None, acts: None }
}
