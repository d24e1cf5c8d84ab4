//! The immutable part comes back as it was; damaged, it gives at least the text.

use super::*;
use crate::annotation::{Codebook, Id, Meta, Suggestion, SuggestionStatus};
use crate::text::{Article, ArticleId, Extra, Original, Outline, Span};

#[track_caller]
fn check(document: &Document) {
    let kept = encode_base(document);
    let found = decode_base(&document.article.id, &kept).unwrap();
    assert_eq!(found, *document);
    assert_eq!(encode_base(&found), kept);
}

#[test]
fn an_analysed_article_comes_back_as_it_was() {
    check(&document());
    let mut empty = document();
    empty.article = Rc::new(Article::new(""));
    empty.set =
        crate::annotation::AnnotationSet::new(Meta::default(), Outline::default(), vec![], vec![], vec![]);
    check(&empty);
}

#[test]
fn an_article_from_a_file_keeps_the_ids_and_fields_of_that_file() {
    let mut fuller = document();
    let article = Rc::make_mut(&mut fuller.article);
    article.external_id = Some("A/79/1".into());
    article.original = Some(Original { name: "a\nb.txt".into(), sha256: "00".into(), ..Original::default() });
    fuller.codebook = Rc::new(Codebook { id: "mine".into(), labels: Vec::new(), extra: Extra::new() });
    let mut entity = fuller.set.entities.get(&"e0".into()).unwrap().as_ref().clone();
    entity.id = Id::from("from-elsewhere");
    entity.extra.insert("sure".into(), serde_json::json!({"x": 0.1}));
    let score = |index: usize| 0.1 + index as f64 / 7.0;
    let suggestion = |index: usize| Suggestion {
        id: Id::new(format!("s{index}")),
        span: Span::new(10, 26),
        label: "commitment".into(),
        strength: None,
        score: score(index),
        evidence: vec![Span::new(10, 15)],
        by: vec![],
        to: vec![],
        status: SuggestionStatus::Open,
        extra: Extra::new(),
    };
    fuller.set = crate::annotation::AnnotationSet::new(
        Meta { title: "Title “é”".into(), ..Meta::default() },
        fuller.set.outline.as_ref().clone(),
        vec![entity],
        fuller.set.parties.values().map(|party| party.as_ref().clone()).collect(),
        (0..6).map(suggestion).collect(),
    );
    check(&fuller);
}

#[test]
fn a_damaged_byte_before_the_text_still_gives_the_text_and_one_in_it_is_found_out() {
    let document = document();
    let id = &document.article.id;
    let kept = encode_base(&document);
    let text_at = kept.find('\n').unwrap() + 1;
    for at in 0..kept.len() {
        let mut bytes = kept.clone().into_bytes();
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        let Ok(damaged) = String::from_utf8(bytes) else { continue };
        let text = (at < text_at - 1).then(|| document.article.text.clone());
        assert_eq!(decode_base(id, &damaged), Err(BaseError::Damaged { text }), "byte {at}");
    }
    for cut in (0..kept.len()).filter(|&cut| kept.is_char_boundary(cut)) {
        assert!(decode_base(id, kept.get(..cut).unwrap()).is_err());
    }
    let other = ArticleId::of_hash("0123456789abcdef");
    assert_eq!(decode_base(&other, &kept), Err(BaseError::Damaged { text: None }));
}

#[test]
fn texts_in_keys_and_in_memory_keep_and_forget() {
    let id = ArticleId::of_hash("0123456789abcdef");
    let memory = MemoryTexts::default();
    let keys = TextsInKeys(MemoryStorage::new());
    async fn check(store: &impl TextStore, id: &ArticleId) {
        assert_eq!(store.get(id).await, Ok(None));
        store.put(id, "kept").await.unwrap();
        assert_eq!(store.get(id).await, Ok(Some("kept".into())));
        assert_eq!(store.ids().await, Ok(vec![id.clone()]));
        store.remove(id).await.unwrap();
        assert_eq!(store.get(id).await, Ok(None));
    }
    now(check(&memory, &id));
    now(check(&keys, &id));
}
