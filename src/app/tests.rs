//! What the page promises, held against the state and what chunks show, without a browser.

mod suggested;

use std::rc::Rc;

use proptest::prelude::*;

use super::chunks::{DrawnBlock, Piece, divide, draw};
use super::keys::Command;
use super::state::{Act, Action, Desk, Field, Role, State};
use crate::annotation::tests::document;
use crate::annotation::{Actor, AnnotationSet, Codebook, Document, Id, Meta, Op, Stamp, Strength, Timestamp};
use crate::entities::{EntityKind, Names, PartyKind};
use crate::text::{Article, Block, BlockKind, Outline, Span};

fn opened(document: Document) -> State {
    let document = Rc::new(document);
    let action = Action::Opened { document, revision: 0, current: None, role: Role::Writer };
    State::new().reduced(action).unwrap()
}

fn stamp(turn: usize) -> Stamp {
    Stamp::new(Timestamp(turn as i64), "coder".into(), format!("id{turn}"))
}

fn desk(state: &State) -> &Desk {
    state.desk.as_ref().unwrap()
}

fn after(state: &State, actions: Vec<Action>) -> State {
    actions.into_iter().fold(state.clone(), |state, action| state.reduced(action).unwrap_or(state))
}

/// The words that the page shows, in order: what `<main>`'s text content is.
fn shown(document: &Document, chunks: &[Span]) -> String {
    let text = &document.article.text;
    let mut shown = String::new();
    fn pieces(shown: &mut String, text: &str, all: &[Piece]) {
        for piece in all {
            match piece {
                Piece::Words(span) | Piece::Evidence(span, _) => shown.push_str(span.of(text)),
                Piece::Name(_, inner) => pieces(shown, text, inner),
            }
        }
    }
    for &chunk in chunks {
        let (blocks, tail): (Vec<DrawnBlock>, Span) = draw(document, chunk);
        for block in &blocks {
            shown.push_str(block.gap.of(text));
            for (index, sentence) in block.sentences.iter().enumerate() {
                if index > 0 {
                    shown.push_str(sentence.gap.of(text));
                }
                pieces(&mut shown, text, &sentence.pieces);
            }
        }
        shown.push_str(tail.of(text));
    }
    shown
}

/// An article of `count` sentences, in paragraphs of `run`.
fn long(count: usize, run: usize) -> Document {
    let (mut text, mut blocks, mut sentences) = (String::from("\n"), Vec::new(), Vec::new());
    for index in 0..count {
        let start = text.len();
        text.push_str(&format!("Sentence {index} says “é😀”."));
        let span = Span::new(start, text.len());
        sentences.push(span);
        if index % run == 0 {
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        } else if let Some(block) = blocks.last_mut() {
            block.span.end = span.end;
        }
        text.push_str(if index % run == run - 1 { "\n\n" } else { " " });
    }
    let set = AnnotationSet::analysed(Meta::default(), Outline::new(blocks, sentences), &Names::default());
    Document {
        article: Rc::new(Article::new(text)),
        engine: "test".into(),
        codebook: Codebook::standard(),
        set,
        history: Rc::default(),
    }
}

#[test]
fn chunks_cover_the_text_and_show_all_of_it() {
    for (count, run) in [(0, 1), (1, 1), (49, 7), (50, 1), (120, 4), (1000, 1000), (333, 10)] {
        let document = long(count, run);
        let text = &document.article.text;
        let chunks = divide(text, &document.set.outline);
        assert_eq!(chunks.first().map(|chunk| chunk.start), Some(0));
        assert_eq!(chunks.last().map(|chunk| chunk.end as usize), Some(text.len()));
        assert!(chunks.windows(2).all(|pair| pair[0].end == pair[1].start));
        let most = chunks.iter().map(|&chunk| document.set.outline.indices_in(chunk).len()).max();
        assert!(most <= Some(101), "{most:?} sentences in one chunk of {count} by {run}");
        assert_eq!(shown(&document, &chunks), text.as_ref());
    }
}

#[test]
fn an_article_opened_anew_shows_what_was_done_in_another_tab() {
    let state = opened(document());
    let tagged = after(&state, vec![Action::Act(Act::ToggleNth(0), stamp(1))]);
    let action = Action::Opened {
        document: desk(&tagged).document.clone(),
        revision: 1,
        current: None,
        role: Role::Follower,
    };
    let again = after(&state, vec![action]);
    assert!(desk(&again).chunks.iter().zip(desk(&state).chunks.iter()).all(|(new, old)| new != old));
}

#[test]
fn a_tag_draws_one_chunk_anew_whatever_the_length() {
    let state = opened(long(5000, 5));
    let state = after(&state, vec![Action::GoAt(30_000, false)]);
    let tagged = after(&state, vec![Action::Act(Act::ToggleNth(0), stamp(1))]);
    let changed = desk(&state).chunks.iter().zip(desk(&tagged).chunks.iter()).filter(|(old, new)| old != new);
    assert_eq!(changed.count(), 1);
    assert_eq!(desk(&tagged).outbox.len(), 1);
}

#[test]
fn an_action_that_changes_nothing_gives_the_same_state() {
    let state = opened(document());
    for action in [
        Action::Undo,
        Action::Redo,
        Action::Move(Command::Previous),
        Action::Written(0),
        Action::Pick(None),
        Action::ShowPanel(None),
        Action::RoleChanged(Role::Writer),
        Action::Act(Act::FlipStrength, stamp(1)),
    ] {
        assert!(state.reduced(action.clone()).is_none(), "{action:?}");
    }
}

#[test]
fn keys_walk_the_sentences_and_pass_over_headings() {
    let state = opened(document());
    let at = |state: &State| {
        let desk = desk(state);
        desk.current.unwrap().of(&desk.document.article.text).to_owned()
    };
    let go = |commands: &[Command]| after(&state, commands.iter().map(|it| Action::Move(*it)).collect());
    assert_eq!(at(&state), "Japan will help.", "the heading is passed over");
    assert_eq!(at(&go(&[Command::Next])), "We thank 日本 now!");
    assert_eq!(at(&go(&[Command::Last])), "One more, at the end.");
    assert_eq!(at(&go(&[Command::NextBlock])), "One more, at the end.");
    assert_eq!(at(&go(&[Command::Last, Command::PreviousBlock])), "Japan will help.");
    assert_eq!(at(&go(&[Command::Last, Command::Next, Command::First])), "Japan will help.");
    let tagged = after(
        &go(&[Command::Next]),
        vec![
            Action::Act(Act::ToggleNth(1), stamp(1)),
            Action::Move(Command::First),
            Action::Act(Act::NoLabel, stamp(2)),
            Action::Move(Command::NextUnjudged),
        ],
    );
    assert_eq!(at(&tagged), "Shall we 😀 meet?");
}

#[test]
fn a_range_is_tagged_and_untagged_as_one_edit() {
    let state = opened(document());
    let extend = Action::Move(Command::ExtendDown);
    let tagged = after(&state, vec![extend.clone(), extend, Action::Act(Act::ToggleNth(2), stamp(1))]);
    assert_eq!(desk(&tagged).document.set.tags.len(), 3);
    assert_eq!(tagged.told.as_ref().map(|told| told.sentences), Some(3));
    let undone = after(&tagged, vec![Action::Undo]);
    assert!(desk(&undone).document.set.tags.is_empty());
    assert_eq!(desk(&undone).outbox.iter().map(|(number, ..)| *number).collect::<Vec<_>>(), [1, 2]);
}

fn span_of(state: &State, words: &str) -> Span {
    let start = desk(state).document.article.text.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// What the browser tells when these words of the article are selected.
fn select(state: &State, words: &str) -> Action {
    let article = &desk(state).document.article;
    Action::Pick(article.offsets.span_to_utf16(&article.text, span_of(state, words)))
}

#[test]
fn words_selected_over_several_sentences_select_these_sentences_for_the_next_label() {
    let state = opened(document());
    let drag = select(&state, "lp. We thank 日本 now! Shall");
    let dragged = after(&state, vec![Action::Move(Command::Last), drag.clone()]);
    assert_eq!(desk(&dragged).anchor, Some(span_of(&state, "Japan will help.")));
    assert_eq!(desk(&dragged).current, Some(span_of(&state, "Shall we 😀 meet?")));
    assert_eq!(desk(&dragged).picked, None);
    let tagged = after(&dragged, vec![Action::Act(Act::ToggleNth(2), stamp(1))]);
    let tagged: Vec<Span> = desk(&tagged).document.set.tags.iter().map(|tag| tag.sentence).collect();
    assert_eq!(
        tagged,
        ["Japan will help.", "We thank 日本 now!", "Shall we 😀 meet?"].map(|it| span_of(&state, it))
    );
    // The browser may tell the same selection again, as when a chunk wakes: the reader has gone on since.
    let gone_on = after(&dragged, vec![Action::Move(Command::Next), drag]);
    assert_eq!(desk(&gone_on).current, Some(span_of(&state, "Yes.")));
}

#[test]
fn words_selected_in_one_sentence_make_it_current_and_are_picked_until_the_reader_leaves_it() {
    let state = opened(document());
    let picked = after(&state, vec![Action::Move(Command::Last), select(&state, "thank")]);
    assert_eq!(desk(&picked).current, Some(span_of(&state, "We thank 日本 now!")));
    assert_eq!(desk(&picked).picked, Some(span_of(&state, "thank")));
    assert_eq!(desk(&picked).selected_count(), 1);
    let left = after(&picked, vec![Action::Move(Command::Next)]);
    assert_eq!(desk(&left).picked, None);
}

#[test]
fn strength_and_parties_reach_the_label_on_every_selected_sentence_as_one_edit() {
    let extend = Action::Move(Command::ExtendDown);
    let state = opened(document());
    let tagged = after(&state, vec![extend.clone(), extend, Action::Act(Act::ToggleNth(0), stamp(1))]);
    let tags = |state: &State| desk(state).document.set.tags.iter().cloned().collect::<Vec<_>>();
    assert!(tags(&tagged).iter().all(|tag| tag.strength.is_none()), "nobody has chosen yet");
    let firm = after(&tagged, vec![Action::Act(Act::FlipStrength, stamp(2))]);
    assert!(tags(&firm).iter().all(|tag| tag.strength == Some(Strength::Firm)));
    assert_eq!(firm.told.as_ref().map(|told| told.sentences), Some(3));

    let active = desk(&firm).active_tag(&"coder".into()).unwrap();
    let party = desk(&firm).document.set.parties.keys().next().cloned();
    let japan = Actor { party, ..Actor::default() };
    let by = Act::SetActors(active.clone(), Field::By, vec![japan.clone()]);
    let by = after(&firm, vec![Action::Act(by, stamp(3))]);
    assert!(tags(&by).iter().all(|tag| tag.by.len() == 1 && tag.by[0].party == japan.party));
    assert!(tags(&by)[0].by[0].entity.is_some(), "where a sentence names the party, its words are taken");
    let new = Act::NewParty(active.clone(), Field::By, "The Board".into(), PartyKind::Body);
    let new = after(&by, vec![Action::Act(new, stamp(4))]);
    assert!(tags(&new).iter().all(|tag| tag.by.len() == 2 && tag.by[1] == tags(&new)[0].by[1]));
    // Taking one party out leaves the other where it is.
    let kept = tags(&new).iter().find(|tag| tag.id == active).unwrap().by[1].clone();
    let out = after(&new, vec![Action::Act(Act::SetActors(active.clone(), Field::By, vec![kept]), stamp(5))]);
    assert!(tags(&out).iter().all(|tag| tag.by.len() == 1 && tag.by[0].party != japan.party));
    let undone = after(&out, vec![Action::Undo, Action::Undo, Action::Undo, Action::Undo]);
    assert_eq!(desk(&undone).document.set.tags, desk(&tagged).document.set.tags);
    // A note is of one sentence.
    let noted = after(&out, vec![Action::Act(Act::SetNote(active, "why".into()), stamp(6))]);
    assert_eq!(tags(&noted).iter().filter(|tag| tag.note == "why").count(), 1);
}

#[test]
fn of_two_labels_on_a_sentence_either_can_be_the_one_that_keys_act_on() {
    let coder: Id = "coder".into();
    let state = opened(document());
    let both = after(
        &state,
        vec![Action::Act(Act::ToggleNth(0), stamp(1)), Action::Act(Act::ToggleNth(1), stamp(2))],
    );
    let label = |state: &State| {
        let id = desk(state).active_tag(&coder).unwrap();
        desk(state).document.set.tags.get(&id).unwrap().label.to_string()
    };
    assert_eq!(label(&both), "gratitude", "the newest");
    let other = after(&both, vec![Action::Choose(None)]);
    assert_eq!(label(&other), "commitment");
    let firm = after(&other, vec![Action::Act(Act::FlipStrength, stamp(3))]);
    assert_eq!(label(&firm), "commitment");
    assert_eq!(label(&after(&firm, vec![Action::Choose(None)])), "gratitude");
    assert_eq!(label(&after(&firm, vec![Action::Act(Act::ToggleNth(2), stamp(4))])), "proposal");
    let away = after(&firm, vec![Action::Move(Command::Next), Action::Move(Command::Previous)]);
    assert_eq!(label(&away), "gratitude", "a choice lasts while the sentence is current");
}

#[test]
fn undo_leads_back_to_where_it_changed_something() {
    let state = opened(document());
    let tagged = after(&state, vec![Action::Act(Act::ToggleNth(0), stamp(1)), Action::Move(Command::Last)]);
    let undone = after(&tagged, vec![Action::Undo]);
    assert_eq!(desk(&undone).current, desk(&state).current);
}

#[test]
fn a_follower_changes_nothing_of_its_own_and_takes_the_writers_steps_in_order() {
    let state = opened(document());
    let writer = after(&state, vec![Action::Act(Act::ToggleNth(0), stamp(1)), Action::Undo]);
    let steps: Vec<(u64, Op)> =
        desk(&writer).outbox.iter().map(|(number, op, _)| (*number, op.clone())).collect();
    let follower = after(&state, vec![Action::RoleChanged(Role::Follower)]);
    assert!(follower.reduced(Action::Act(Act::ToggleNth(1), stamp(2))).is_none());
    let (late, first) = (Action::Followed(2, steps[1].1.clone()), Action::Followed(1, steps[0].1.clone()));
    assert!(follower.reduced(late.clone()).is_none(), "a step that is not the next waits");
    let followed = after(&follower, vec![first.clone(), late, first]);
    assert_eq!(desk(&followed).document.set, desk(&writer).document.set);
    assert!(desk(&followed).outbox.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_done_the_page_shows_the_text_as_it_is(
        acts in prop::collection::vec((0..9_u8, 0..200_u32, 0..9_usize), 1..40)
    ) {
        let start = opened(document());
        let mut state = start.clone();
        for (turn, (kind, at, pick)) in acts.into_iter().enumerate() {
            let current = desk(&state).current.unwrap();
            let tags: Vec<Id> = desk(&state).document.set.tags.iter().map(|tag| tag.id.clone()).collect();
            let tag = tags.get(pick % tags.len().max(1)).cloned();
            let words = Span::new(current.start as usize, (current.start + at % 30) as usize);
            let act = match (kind, tag) {
                (0 | 1, _) => Act::ToggleNth(pick % 3),
                (2, _) => Act::NoLabel,
                (3, _) => Act::Split(current, current.start + at % 20),
                (4, _) => Act::Merge(current),
                (5, _) => Act::AddEntity(words, EntityKind::ALL[pick]),
                (6, Some(tag)) => Act::SetEvidence(tag, vec![words]),
                (7, Some(tag)) => Act::SetStrength(tag, Strength::Soft),
                _ => Act::NoLabel,
            };
            let text = desk(&state).document.article.text.clone();
            let fits = |span: Span| span.fits(&text);
            let is_sound = match &act {
                Act::AddEntity(span, _) => fits(*span),
                Act::SetEvidence(_, spans) => spans.iter().all(|span| fits(*span)),
                Act::Split(_, byte) => text.is_char_boundary(*byte as usize),
                _ => true,
            };
            if is_sound {
                state = after(&state, vec![Action::Act(act, stamp(turn))]);
            }
            state = after(&state, vec![Action::GoAt(at, pick == 0)]);
            let desk = desk(&state);
            let chunks: Vec<Span> = desk.chunks.iter().map(|chunk| chunk.span).collect();
            prop_assert_eq!(shown(&desk.document, &chunks), text.as_ref());
            prop_assert!(desk.document.set.outline.index_of(desk.current.unwrap()).is_some());
        }
        let steps = desk(&state).document.history.clone();
        let mut back = state;
        while desk(&back).document.history.last_done().is_some() {
            back = after(&back, vec![Action::Undo]);
        }
        prop_assert!(steps.last_done().is_none() || !desk(&back).outbox.is_empty());
        prop_assert_eq!(&desk(&back).document.set.tags, &desk(&start).document.set.tags);
        prop_assert_eq!(&desk(&back).document.set.outline, &desk(&start).document.set.outline);
    }
}
