//! Properties of edits: what is done can be undone and redone, and counts stay right at each step.

use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use crate::entities::{EntityKind, FoundParty, Mention, Names, PartyKind};
use crate::text::{Article, Block, BlockKind, Outline, Span};

const TEXT: &str =
    "A heading\nJapan will help. We thank 日本 now! Shall we 😀 meet? Yes.\nOne more, at the end.";

fn span_of(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// A document of one heading, two paragraphs and five sentences, with two names.
pub(crate) fn document() -> Document {
    let sentences = [
        "A heading",
        "Japan will help.",
        "We thank 日本 now!",
        "Shall we 😀 meet?",
        "Yes.",
        "One more, at the end.",
    ];
    let blocks = [
        (BlockKind::Heading, "A heading"),
        (BlockKind::Paragraph, "Japan will help. We thank 日本 now! Shall we 😀 meet? Yes."),
        (BlockKind::Paragraph, "One more, at the end."),
    ];
    let outline = Outline::new(
        blocks.iter().map(|(kind, words)| Block { kind: *kind, span: span_of(words) }).collect(),
        sentences.iter().map(|words| span_of(words)),
    );
    let mention = |words: &str| Mention { span: span_of(words), kind: EntityKind::Place, party: Some(0) };
    let names = Names {
        mentions: vec![mention("Japan"), mention("日本")],
        parties: vec![FoundParty { name: "Japan".into(), kind: PartyKind::State, of: None }],
    };
    Document {
        article: Rc::new(Article::new(TEXT)),
        engine: "test".into(),
        codebook: Codebook::standard(),
        set: AnnotationSet::analysed(Meta::default(), outline, &names),
        history: Rc::default(),
    }
}

/// One thing that a coder may ask for, drawn from random numbers.
pub(crate) fn ask(document: &Document, (kind, a, b): (u8, usize, usize), turn: usize) -> Option<Edit> {
    let coder = Id::from(if turn.is_multiple_of(5) { "other" } else { "me" });
    let stamp = Stamp::new(Timestamp(turn as i64), coder, format!("id{turn}"));
    let sentences = document.set.outline.sentences();
    let pick = |index: usize| sentences[index % sentences.len()].span;
    let tags: Vec<Id> = document.set.tags.iter().map(|tag| tag.id.clone()).collect();
    let entities: Vec<Id> = document.set.entities.iter().map(|entity| entity.id.clone()).collect();
    let tag = tags.get(a % tags.len().max(1));
    let entity = entities.get(a % entities.len().max(1));
    let label = &document.codebook.labels[b % 3].id;
    let boundary = |span: Span, wish: usize| {
        let text = &document.article.text;
        let at = span.start as usize + wish % span.len().max(1);
        (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap() as u32
    };
    match kind % 13 {
        0 | 1 => commands::toggle_label(document, &[pick(a)], label, stamp),
        2 => {
            commands::toggle_label(document, &[pick(a), pick(a + 1), pick(a + 2)][..1 + b % 3], label, stamp)
        }
        3 => commands::toggle_judgement(document, &[pick(a)], stamp),
        4 => commands::set_strength(
            document,
            tag?,
            [Some(Strength::Firm), Some(Strength::Soft), None][b % 3],
            &stamp,
        ),
        5 => commands::set_note(document, tag?, ["", "why", "é😀"][b % 3], &stamp),
        6 => {
            let actor = Actor { party: Some(Id::from("p0")), ..Actor::default() };
            commands::set_by(document, tag?, vec![actor; b % 3], &stamp)
        }
        7 => {
            let sentence = document.set.tags.get(tag?)?.sentence;
            let (start, end) = (boundary(sentence, a), boundary(sentence, b));
            commands::set_evidence(document, tag?, vec![Span::new(start as usize, end as usize)], &stamp)
        }
        8 => {
            commands::add_new_party(document, tag?, b.is_multiple_of(2), "The hosts", PartyKind::Body, stamp)
        }
        9 => {
            let sentence = pick(a);
            commands::split_sentence(document, sentence, boundary(sentence, b), stamp)
        }
        10 => commands::merge_with_next(document, pick(a), &stamp),
        11 => {
            let sentence = pick(a);
            let span = Span::new(boundary(sentence, b) as usize, sentence.end as usize);
            commands::add_entity(document, span, EntityKind::ALL[b % 9], stamp)
        }
        _ if b.is_multiple_of(2) => commands::remove_entity(document, entity?, &stamp),
        _ => commands::set_entity_kind(document, entity?, EntityKind::ALL[b % 9], &stamp),
    }
}

fn check(document: &Document) {
    let text = &document.article.text;
    let set = &document.set;
    let mut recounted = set.clone();
    recounted.recount();
    assert_eq!(
        set.counts(),
        recounted.counts(),
        "counts kept step by step are those of a count from scratch"
    );
    for sentence in set.outline.sentences() {
        assert_eq!(sentence.span.trim(text), sentence.span);
        assert!(!sentence.span.is_empty());
    }
    let listed = set.tags.iter().count();
    assert_eq!(listed, set.tags.len());
    for tag in set.tags.iter() {
        assert!(
            set.tags.touching(tag.span).iter().any(|found| found.id == tag.id),
            "a tag is found by its place"
        );
        assert!(tag.evidence.iter().all(|evidence| evidence.fits(text)));
    }
    for window in
        set.entities.iter().filter(|it| it.status == EntityStatus::Kept).collect::<Vec<_>>().windows(2)
    {
        assert!(window[0].span.end <= window[1].span.start, "names that stand do not overlap");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn undo_all_the_way_gives_the_start_and_redo_the_end(
        asks in prop::collection::vec((any::<u8>(), 0..40_usize, 0..40_usize), 1..40)
    ) {
        let start = document();
        let mut now = start.clone();
        let mut steps = vec![start.set.clone()];
        for (turn, wish) in asks.into_iter().enumerate() {
            if let Some(edit) = ask(&now, wish, turn) {
                let stored: Edit = serde_json::from_str(&serde_json::to_string(&edit).unwrap()).unwrap();
                prop_assert_eq!(&stored, &edit, "an edit is stored as it is");
                now.perform(&Op::Do { edit: Rc::new(edit) }).unwrap();
                check(&now);
                steps.push(now.set.clone());
            }
        }
        let end = now.set.clone();
        for step in steps.iter().rev().skip(1) {
            now.perform(&Op::Undo).unwrap();
            check(&now);
            prop_assert_eq!(&now.set.tags, &step.tags);
            prop_assert_eq!(&now.set.outline, &step.outline);
        }
        prop_assert!(now.set.entities == start.set.entities && now.set.judgements == start.set.judgements);
        while now.history.last_undone().is_some() {
            now.perform(&Op::Redo).unwrap();
        }
        prop_assert!(now.set.tags == end.tags && now.set.entities == end.entities);
        prop_assert!(now.set.judgements == end.judgements && now.set.outline == end.outline);
    }
}

#[test]
fn a_label_takes_the_place_of_no_label_and_the_other_way_round() {
    let mut document = document();
    let sentence = span_of("Japan will help.");
    let stamp = |turn: i64| Stamp::new(Timestamp(turn), "me".into(), format!("id{turn}"));
    let mut act =
        |edit: Edit| document.perform(&Op::Do { edit: Rc::new(edit) }).map(|_| document.clone()).unwrap();
    let judged = act(commands::toggle_judgement(&self::document(), &[sentence], stamp(1)).unwrap());
    assert_eq!(judged.set.counts().judged, 1);
    let tagged = act(commands::toggle_label(&judged, &[sentence], &"proposal".into(), stamp(2)).unwrap());
    assert_eq!((tagged.set.judgements.len(), tagged.set.tags.len(), tagged.set.counts().judged), (0, 1, 1));
    let judged = act(commands::toggle_judgement(&tagged, &[sentence], stamp(3)).unwrap());
    assert_eq!((judged.set.judgements.len(), judged.set.tags.len(), judged.set.counts().judged), (1, 0, 1));
}

#[test]
fn an_edit_that_does_not_fit_changes_nothing() {
    let mut document = document();
    let before = document.clone();
    let stamp = Stamp::new(Timestamp(1), "me".into(), "id");
    let edit = commands::toggle_label(&document, &[span_of("Yes.")], &"proposal".into(), stamp).unwrap();
    let twice = Edit { changes: [edit.changes.clone(), edit.changes.clone()].concat(), ..edit };
    assert!(document.perform(&Op::Do { edit: Rc::new(twice) }).is_err());
    assert_eq!(document, before);
}
