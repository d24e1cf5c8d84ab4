//! Suggestions: what is taken, dismissed and gone to, and what the coder's steps teach.

use std::rc::Rc;

use super::{after, desk, opened, span_of, stamp};
use crate::acts::{Learner, Taught};
use crate::annotation::tests::document;
use crate::annotation::{Id, LabelId, Origin, Proposed, Strength, Suggestion, SuggestionStatus as Status};
use crate::app::keys::Command;
use crate::app::state::{Act, Action, Settings, State};
use crate::text::Extra;

/// A state with proposals: id, words of the sentence, label and score of each.
fn proposed(state: &State, proposals: &[(&str, &str, &str, f64)]) -> Action {
    let all = proposals.iter().map(|&(id, words, label, score)| Suggestion {
        id: Id::from(id),
        span: span_of(state, words),
        label: LabelId::from(label),
        strength: (label == "commitment").then_some(Strength::Soft),
        score,
        evidence: Vec::new(),
        by: Vec::new(),
        to: Vec::new(),
        status: Status::Open,
        extra: Extra::new(),
    });
    let id = desk(state).document.article.id.clone();
    Action::Learnt(Rc::new(Learner::default()), id, Rc::new(Proposed::new(all)))
}

const THREE: [(&str, &str, &str, f64); 3] = [
    ("s1", "Japan will help.", "commitment", 0.97),
    ("s2", "We thank 日本 now!", "gratitude", 0.99),
    ("s3", "Shall we 😀 meet?", "proposal", 0.55),
];

fn with_three() -> State {
    let state = opened(document());
    let action = proposed(&state, &THREE);
    after(&state, vec![action])
}

fn open_ids(state: &State) -> Vec<String> {
    desk(state).document.set.open_suggestions().iter().map(|it| it.id.as_str().to_owned()).collect()
}

#[test]
fn a_proposal_is_no_part_of_the_work_until_it_is_decided_on() {
    let state = with_three();
    assert_eq!(open_ids(&state), ["s1", "s2", "s3"]);
    assert_eq!(desk(&state).document.set.suggestions.iter().count(), 0);
    let taken = after(&state, vec![Action::Act(Act::TakeSuggestion(Some("s1".into())), stamp(1))]);
    let set = &desk(&taken).document.set;
    let tag = set.tags.iter().next().expect("a tag");
    assert_eq!((tag.strength, tag.origin), (Some(Strength::Soft), Origin::AcceptedSuggestion));
    assert_eq!(set.suggestions.iter().map(|it| it.status).collect::<Vec<_>>(), [Status::Taken]);
    assert_eq!(open_ids(&taken), ["s2", "s3"]);
    let undone = after(&taken, vec![Action::Undo]);
    assert_eq!(desk(&undone).document.set.tags.iter().count(), 0);
    assert_eq!(open_ids(&undone), ["s1", "s2", "s3"]);
}

#[test]
fn what_was_dismissed_stays_so_whatever_is_proposed_later() {
    let state = with_three();
    let dismissed = after(&state, vec![Action::Act(Act::DismissSuggestion(Some("s2".into())), stamp(1))]);
    assert_eq!(open_ids(&dismissed), ["s1", "s3"]);
    let again = proposed(&dismissed, &THREE);
    let again = after(&dismissed, vec![again]);
    assert_eq!(open_ids(&again), ["s1", "s3"]);
    let kept: Vec<Status> = desk(&again).document.set.suggestions.iter().map(|it| it.status).collect();
    assert_eq!(kept, [Status::Dismissed]);
}

#[test]
fn several_are_taken_as_one_step() {
    let state = with_three();
    let ids = vec![Id::from("s1"), Id::from("s2"), Id::from("gone")];
    let taken = after(&state, vec![Action::Act(Act::TakeAll(ids), stamp(1))]);
    assert_eq!(desk(&taken).document.set.tags.iter().count(), 2);
    assert_eq!(open_ids(&taken), ["s3"]);
    let undone = after(&taken, vec![Action::Undo]);
    assert_eq!(desk(&undone).document.set.tags.iter().count(), 0);
    assert_eq!(desk(&undone).document.set.suggestions.iter().count(), 0);
}

#[test]
fn two_on_one_judged_sentence_take_its_judgement_away_once() {
    let state = opened(document());
    let action = proposed(
        &state,
        &[("a", "Japan will help.", "commitment", 0.9), ("b", "Japan will help.", "proposal", 0.8)],
    );
    let byte = span_of(&state, "Japan will help.").start;
    let judged = after(&state, vec![action, Action::GoAt(byte, false), Action::Act(Act::NoLabel, stamp(1))]);
    let taken = after(&judged, vec![Action::Act(Act::TakeAll(vec!["a".into(), "b".into()]), stamp(2))]);
    assert_eq!(desk(&taken).document.set.tags.iter().count(), 2);
    assert_eq!(desk(&taken).document.set.judgements.iter().count(), 0);
}

#[test]
fn keys_go_to_suggestions_in_reading_order_or_to_the_least_sure_first() {
    let state = with_three();
    let walk = |state: &State, command: Command| after(state, vec![Action::Move(command)]);
    let here = |state: &State| {
        let desk = desk(state);
        desk.current.map(|span| span.of(&desk.document.article.text).to_owned()).unwrap_or_default()
    };
    let start = after(&state, vec![Action::Move(Command::First)]);
    let second = walk(&start, Command::NextSuggestion);
    assert_eq!(here(&second), "We thank 日本 now!");
    assert_eq!(here(&walk(&second, Command::PreviousSuggestion)), "Japan will help.");

    let settings = Settings { least_sure_first: true, ..state.settings.clone() };
    let state = after(&start, vec![Action::Set(settings)]);
    let order = ["Shall we 😀 meet?", "Japan will help.", "We thank 日本 now!"];
    // The first of all from anywhere that has none, then one after the other.
    let byte = span_of(&state, "Yes.").start;
    let mut at = after(&state, vec![Action::GoAt(byte, false)]);
    for expected in order {
        at = walk(&at, Command::NextSuggestion);
        assert_eq!(here(&at), expected);
    }
    assert_eq!(here(&walk(&at, Command::NextSuggestion)), order[2]);
    assert_eq!(here(&walk(&at, Command::PreviousSuggestion)), order[1]);
}

#[test]
fn each_step_of_the_coder_teaches_and_undo_takes_it_back() {
    let state = with_three();
    let byte = span_of(&state, "Japan will help.").start;
    let here = span_of(&state, "Japan will help.");
    let lesson = |label: Option<&str>, fits: bool, is_taken_back: bool| Taught {
        sentence: here,
        label: label.map(str::to_owned),
        fits,
        is_taken_back,
    };
    let taught = |actions: Vec<Action>| desk(&after(&state, actions)).taught.clone();
    let go = || Action::GoAt(byte, false);
    let tag = || Action::Act(Act::ToggleNth(0), stamp(1));
    assert_eq!(taught(vec![go(), tag()]), [lesson(Some("commitment"), true, false)]);
    assert_eq!(
        taught(vec![go(), tag(), Action::Undo]),
        [lesson(Some("commitment"), true, false), lesson(Some("commitment"), true, true)]
    );
    assert_eq!(
        taught(vec![go(), Action::Act(Act::NoLabel, stamp(1))]),
        [lesson(None, false, false)],
        "no label fits"
    );
    assert_eq!(
        taught(vec![Action::Act(Act::DismissSuggestion(Some("s1".into())), stamp(1)), Action::Undo]),
        [lesson(Some("commitment"), false, false), lesson(Some("commitment"), false, true)]
    );
    assert_eq!(
        taught(vec![Action::Act(Act::TakeSuggestion(Some("s1".into())), stamp(1))]),
        [lesson(Some("commitment"), true, false)]
    );
}
