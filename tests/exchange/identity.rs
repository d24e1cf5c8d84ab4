//! What is written is read again as it was, whatever the text and whatever is annotated.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use proptest::sample::Index;
use readout::annotation::{
    Actor, AnnotationSet, Change, Document, Edit, Entity, EntityStatus, Id, Judgement, Meta, Op, Origin,
    Party, Strength, Suggestion, SuggestionStatus, Swap, Tag, Timestamp, What,
};
use readout::entities::{EntityKind, PartyKind};
use readout::exchange::{Incoming, WriteOptions, merge_edit, open, write};
use readout::text::{Article, Extra, Original, Span};
use serde_json::{Value, json};

use crate::helpers::{document, documents, schema_faults, stamp, warnings, wrong_quotes};

/// Words in many scripts, with marks, pairs and joiners.
const WORDS: &[&str] = &[
    "Minister",
    "thanked",
    "e\u{301}te\u{301}",
    "日本",
    "は",
    "សុខ",
    "ចិន្តា",
    "مرحبا",
    "שלום",
    "👩‍👩‍👧",
    "🇰🇭",
    "ﬁn",
    "\u{200f}",
    "Dr.",
    "“Yes.”",
    "1,000",
    "नमस्ते",
    "a\u{0}b",
    "\\\"",
    "\u{2028}",
    "𝕏",
];

fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        2 => "\\PC{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    let space = prop::sample::select(vec![" ", " ", " ", ". ", "\n", "\n\n", "\u{3000}", "\t", "  "]);
    prop::collection::vec((word, space), 1..40)
        .prop_map(|pieces| pieces.into_iter().map(|(word, space)| word + space).collect::<String>())
        .prop_filter("a text has words", |text| !text.trim().is_empty())
}

fn extras() -> impl Strategy<Value = Extra> {
    let value = prop_oneof![
        any::<i64>().prop_map(|number| json!(number)),
        any::<f64>()
            .prop_filter("JSON has no infinity", |it| it.is_finite())
            .prop_map(|number| json!(number)),
        "\\PC{0,8}".prop_map(|text| json!(text)),
        Just(json!({"deep": [null, true, {"er": []}]})),
    ];
    prop::collection::btree_map("x-[a-z]{1,4}", value, 0..3)
}

fn times() -> impl Strategy<Value = Timestamp> {
    // The years 0 to 9999, which is what RFC 3339 can write.
    (-62_167_219_200_000i64..253_402_300_800_000).prop_map(Timestamp)
}

/// Random parts, placed by index once the text is there.
#[derive(Debug, Clone)]
struct Seed {
    at: Index,
    from: Index,
    to: Index,
    pick: u8,
    words: String,
    extra: Extra,
    time: Timestamp,
}

fn seeds(most: usize) -> impl Strategy<Value = Vec<Seed>> {
    let seed = (any::<Index>(), any::<Index>(), any::<Index>(), any::<u8>(), "\\PC{0,9}", extras(), times());
    let seed = seed.prop_map(|(at, from, to, pick, words, extra, time)| Seed {
        at,
        from,
        to,
        pick,
        words,
        extra,
        time,
    });
    prop::collection::vec(seed, 0..most)
}

impl Seed {
    /// A stretch of the text with at least one character.
    fn span(&self, text: &str) -> Span {
        let bounds: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        let (a, b) = (self.from.index(bounds.len()), self.to.index(bounds.len()));
        let (a, b) = if a == b { if a == 0 { (0, 1) } else { (a - 1, a) } } else { (a.min(b), a.max(b)) };
        Span::new(bounds[a], bounds[b])
    }

    fn coder(&self) -> Id {
        Id::new(format!("c{}", self.pick % 3))
    }

    fn label(&self) -> Id {
        Id::from(["commitment", "gratitude", "proposal"][usize::from(self.pick) % 3])
    }

    fn actor(&self, text: &str, parties: &[Party]) -> Actor {
        let party = parties.get(usize::from(self.pick) % 4).map(|party| party.id.clone());
        Actor {
            span: (self.pick < 128).then(|| self.span(text)),
            entity: None,
            party,
            extra: self.extra.clone(),
        }
    }
}

#[derive(Debug, Clone)]
struct Plan {
    text: String,
    meta: Meta,
    external_id: Option<String>,
    parties: Vec<Seed>,
    entities: Vec<Seed>,
    suggestions: Vec<Seed>,
    tags: Vec<Seed>,
    judgements: Vec<Seed>,
    extra: Extra,
}

fn plans() -> impl Strategy<Value = Plan> {
    let meta = ("\\PC{1,20}", "\\PC{0,9}", "\\PC{0,9}", "[a-z]{0,3}", extras());
    let meta =
        meta.prop_map(|(title, source, date, language, extra)| Meta { title, source, date, language, extra });
    let layers = (seeds(4), seeds(8), seeds(5), seeds(8), seeds(5));
    (texts(), meta, prop::option::of("\\PC{1,9}"), layers, extras()).prop_map(
        |(text, meta, external_id, (parties, entities, suggestions, tags, judgements), extra)| Plan {
            text,
            meta,
            external_id,
            parties,
            entities,
            suggestions,
            tags,
            judgements,
            extra,
        },
    )
}

fn planned(plan: Plan) -> Document {
    let text = plan.text.clone();
    let mut article = Article::new(plan.text);
    article.external_id = plan.external_id;
    article.original = plan.parties.first().map(|seed| Original {
        name: seed.words.clone(),
        sha256: "0".repeat(64),
        importer: "text 1".into(),
        extra: seed.extra.clone(),
    });
    article.extra = plan.extra.clone();
    let bare = document(Incoming::fresh(article, plan.meta.clone()), None);
    let outline = bare.set.outline.as_ref().clone();
    let sentence = |seed: &Seed| outline.sentences()[seed.at.index(outline.sentences().len())].span;
    let parties: Vec<Party> = plan
        .parties
        .iter()
        .enumerate()
        .map(|(index, seed)| Party {
            id: Id::new(format!("p{index}")),
            name: seed.words.clone(),
            kind: [PartyKind::Person, PartyKind::State, PartyKind::Body, PartyKind::Group]
                [usize::from(seed.pick) % 4],
            of: (index > 0).then(|| Id::from("p0")),
            extra: seed.extra.clone(),
        })
        .collect();
    let mut end = 0;
    let mut spans: Vec<(Span, Seed)> =
        plan.entities.iter().map(|seed| (seed.span(&text), seed.clone())).collect();
    spans.sort_by_key(|(span, _)| *span);
    let entities = spans.into_iter().enumerate().filter_map(|(index, (span, seed))| {
        let status = if seed.pick % 5 == 0 { EntityStatus::Removed } else { EntityStatus::Kept };
        if status == EntityStatus::Kept {
            // Kept names never overlap.
            if span.start < end {
                return None;
            }
            end = span.end;
        }
        Some(Entity {
            id: Id::new(format!("e{index}")),
            span,
            kind: EntityKind::ALL[usize::from(seed.pick) % 9],
            party: parties.get(usize::from(seed.pick) % 4).map(|party| party.id.clone()),
            origin: if seed.pick < 100 { Origin::Machine } else { Origin::Person },
            status,
            coder: (seed.pick % 2 == 0).then(|| seed.coder()),
            modified: (seed.pick % 2 == 0).then_some(seed.time),
            extra: seed.extra.clone(),
        })
    });
    let mut suggested = std::collections::BTreeSet::new();
    let suggestions = plan.suggestions.iter().filter_map(|seed| {
        let span = sentence(seed);
        let label = seed.label();
        suggested.insert((span, label.clone())).then(|| Suggestion {
            id: Id::new(format!("suggested {}-{} {label}", span.start, span.end)),
            span,
            label,
            strength: (seed.pick % 2 == 0).then_some(Strength::Soft),
            score: f64::from(seed.pick) / 255.0 * 0.999_999_9,
            evidence: vec![seed.span(&text)],
            by: vec![seed.actor(&text, &parties)],
            to: Vec::new(),
            status: [SuggestionStatus::Open, SuggestionStatus::Taken, SuggestionStatus::Dismissed]
                [usize::from(seed.pick) % 3],
            extra: seed.extra.clone(),
        })
    });
    let set = AnnotationSet::new(
        plan.meta,
        outline.clone(),
        entities.collect(),
        parties.clone(),
        suggestions.collect(),
    );
    let mut document = Document { set, ..bare };
    let tags = plan.tags.iter().enumerate().map(|(index, seed)| {
        let whole = sentence(seed);
        let span = if seed.pick < 200 { whole } else { seed.span(&text) };
        let tag = Tag {
            id: Id::new(format!("t{index}")),
            span,
            sentence: if whole.contains_offset(span.start) { whole } else { span },
            label: seed.label(),
            strength: (seed.pick % 3 == 0).then_some(Strength::Firm),
            by: vec![seed.actor(&text, &parties)],
            to: if seed.pick % 2 == 0 { vec![seed.actor(&text, &parties)] } else { Vec::new() },
            evidence: if seed.pick % 2 == 0 { vec![seed.span(&text)] } else { Vec::new() },
            note: seed.words.clone(),
            origin: if seed.pick < 50 { Origin::AcceptedSuggestion } else { Origin::Person },
            coder: seed.coder(),
            created: seed.time,
            modified: seed.time,
            extra: seed.extra.clone(),
        };
        Change::Tag(Swap::put(tag))
    });
    let mut judged = BTreeMap::new();
    for seed in &plan.judgements {
        let span = sentence(seed);
        let coder = seed.coder();
        let id = Id::new(format!("none {}-{} {coder}", span.start, span.end));
        let judgement =
            Judgement { id: id.clone(), span, coder, modified: seed.time, extra: seed.extra.clone() };
        judged.insert(id, Change::Judgement(Swap::put(judgement)));
    }
    let changes: Vec<Change> = tags.chain(judged.into_values()).collect();
    let edit = Edit { what: What::Imported, at: stamp().at, coder: stamp().coder, changes };
    document.perform(&Op::Do { edit: Rc::new(edit) }).expect("the plan fits its document");
    document
}

proptest! {
    // Each case is a whole document, checked against the schema: a hundred take some seconds.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn decode_after_encode_is_the_identity(plan in plans(), lines in any::<bool>()) {
        let was = planned(plan);
        let options = WriteOptions { lines, ..WriteOptions::default() };
        let file = write(&[&was], &options);
        prop_assert_eq!(schema_faults(&file), Vec::<String>::new());
        prop_assert_eq!(wrong_quotes(&file), Vec::<String>::new());
        let opened = open("a.readout.json", file.as_bytes()).expect("we read what we write");
        prop_assert_eq!(warnings(&opened), Vec::<String>::new());
        let is = documents(&opened).remove(0);
        prop_assert_eq!(&is.article, &was.article);
        prop_assert_eq!(&is.engine, &was.engine);
        prop_assert_eq!(&is.codebook, &was.codebook);
        prop_assert_eq!(&is.set, &was.set);
        prop_assert_eq!(write(&[&is], &options), file);
    }

    #[test]
    fn a_file_merged_into_its_own_text_fits_and_a_second_time_adds_nothing(plan in plans()) {
        let whole = planned(plan);
        let file = write(&[&whole], &WriteOptions::default());
        let incoming = open("a.json", file.as_bytes()).expect("we read what we write").articles.remove(0);
        let mut there = document(Incoming::fresh(incoming.article.clone(), Meta::default()), None);
        let merged = merge_edit(&there, &incoming, &mut stamp());
        if let Some(edit) = merged.edit {
            there.perform(&Op::Do { edit: Rc::new(edit) }).expect("a merge fits its document");
        }
        prop_assert_eq!(there.set.tags.len(), whole.set.tags.len());
        prop_assert_eq!(merge_edit(&there, &incoming, &mut stamp()).edit, None);
    }

    #[test]
    fn arbitrary_bytes_never_panic_a_reader(bytes in prop::collection::vec(any::<u8>(), 0..300), is_json in any::<bool>()) {
        let _ = open(if is_json { "a.json" } else { "a.txt" }, &bytes);
    }

    #[test]
    fn arbitrary_damage_to_a_file_never_panics_the_reader_nor_what_follows(
        at in any::<Index>(), length in 0usize..30, put in "[-0-9a-z\"{}\\[\\],:. ]{0,6}",
    ) {
        let whole = include_str!("../fixtures/readout-json/whole.readout.json");
        let start = at.index(whole.len());
        let end = (start + length).min(whole.len());
        let mut bytes = whole.as_bytes()[..start].to_vec();
        bytes.extend(put.bytes());
        bytes.extend(&whole.as_bytes()[end..]);
        if let Ok(opened) = open("a.json", &bytes) {
            // Whatever is taken must fit, and be written as a valid file again.
            let documents = documents(&opened);
            let file = write(&documents.iter().collect::<Vec<_>>(), &WriteOptions::default());
            prop_assert_eq!(schema_faults(&file), Vec::<String>::new());
            prop_assert_eq!(wrong_quotes(&file), Vec::<String>::new());
        }
    }
}

#[test]
fn numbers_of_other_tools_survive_in_unknown_fields() {
    let value: Value = json!({"x": 0.1, "y": 1e300, "z": -3});
    let mut article = Article::new("One sentence.");
    article.extra = value.as_object().expect("an object").clone().into_iter().collect();
    let was = document(Incoming::fresh(article, Meta::default()), None);
    let file = write(&[&was], &WriteOptions::default());
    assert_eq!(documents(&open("a.json", file.as_bytes()).expect("ours")).remove(0).article, was.article);
}
