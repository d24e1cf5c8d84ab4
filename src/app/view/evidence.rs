//! Evidence: the words that show a tag, picked by key or pointer.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::icons::{Icon, icon};
use super::tag_fields::TagFieldsProps;
use crate::app::evidence::{pick_words, toggle_word, word_spans};
use crate::app::hands::Hands;
use crate::app::keys::{Command, shown};
use crate::app::state::{Act, Action, Field};
use crate::app::words::say;
use crate::text::Span;

/// The field: the words picked so far, or while it is open all words of the sentence.
pub(super) fn evidence(hands: &Hands, props: &TagFieldsProps, name: String) -> Html {
    let tag = &props.tag;
    let text = &props.document.article.text;
    let class = classes!("field", props.alone.is_some().then_some("tall"));
    if props.open == Some(Field::Evidence) && props.can_edit {
        return html! {
            <div {class}>
                <span>{ name }</span>
                <Words fields={props.clone()} />
            </div>
        };
    }
    let open = {
        let hands = hands.clone();
        let id = tag.id.clone();
        Callback::from(move |_: MouseEvent| {
            hands.dispatch(Action::OpenField(Field::Evidence, Some(id.clone())))
        })
    };
    let quotes = tag.evidence.iter().map(|span| {
        html! {
            <button class="chip quote" dir="auto" disabled={!props.can_edit} onclick={open.clone()}>
                { span.of(text).to_owned() }
            </button>
        }
    });
    html! {
        <div {class}>
            <span>{ name }</span>
            <span class="chips">
                { for quotes }
                <button
                    class="chip add"
                    aria-label={say("field.evidence.pick")}
                    title={say("field.evidence.pick")}
                    disabled={!props.can_edit}
                    onclick={open}
                >
                    { icon(Icon::Add) }
                    if props.is_active {
                        <kbd>{ shown(Command::Evidence) }</kbd>
                    }
                </button>
            </span>
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct WordsProps {
    fields: TagFieldsProps,
}

/// Where a phrase began that is being stretched, and the evidence without it.
type Stretch = Option<(usize, Vec<Span>)>;

/// The words of the sentence as buttons; the first picked one, or else the first, gets the focus on opening.
#[component]
fn Words(props: &WordsProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let tag = &props.fields.tag;
    let text = props.fields.document.article.text.clone();
    let words = use_memo((tag.sentence, tag.id.clone()), |(sentence, _)| word_spans(&text, *sentence));
    let stretch = use_mut_ref(|| Stretch::None);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let group = node.cast::<web_sys::Element>();
            let first = group.and_then(|group| {
                let picked = group.query_selector("[aria-pressed=true]").ok().flatten();
                picked.or_else(|| group.query_selector("[data-word]").ok().flatten())
            });
            focus(first);
        });
    }
    let put = {
        let (hands, id) = (hands.clone(), tag.id.clone());
        move |spans: Vec<Span>| hands.act(Act::SetEvidence(id.clone(), spans))
    };
    // Picks everything from where the phrase began, or from the word `from`, to the word `to`.
    let reach = {
        let (put, stretch, words) = (put.clone(), stretch.clone(), words.clone());
        let evidence = tag.evidence.clone();
        Rc::new(move |from: usize, to: usize| {
            let (start, base) = stretch.borrow_mut().get_or_insert_with(|| (from, evidence.clone())).clone();
            put(pick_words(&base, &words, start, to));
        })
    };
    let buttons = words.iter().enumerate().map(|(index, word)| {
        let is_on = tag.evidence.iter().any(|span| span.overlaps(*word));
        let (put, reach, stretch, words) = (put.clone(), reach.clone(), stretch.clone(), words.clone());
        let evidence = tag.evidence.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            let began = stretch.borrow().as_ref().map(|(start, _)| *start);
            match began.filter(|_| event.shift_key()) {
                Some(start) => reach(start, index),
                None => {
                    let toggled = toggle_word(&evidence, &words, index);
                    // A phrase may be stretched from here.
                    *stretch.borrow_mut() = Some((index, toggled.clone()));
                    put(toggled);
                }
            }
        });
        html! {
            <button class="word" aria-pressed={is_on.to_string()} data-word={index.to_string()} {onclick}>
                { word.of(&text).to_owned() }
            </button>
        }
    });
    let onkeydown = {
        let (hands, node, stretch, words) = (hands.clone(), node.clone(), stretch.clone(), words.clone());
        let reach = reach.clone();
        let text = text.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                hands.dispatch(Action::CloseField);
                return;
            }
            let Some(group) = node.cast::<web_sys::Element>() else { return };
            let Some((from, to)) = target(&group, &event, &words, &text) else { return };
            event.prevent_default();
            event.stop_propagation();
            if event.shift_key() {
                reach(from, to);
            } else {
                *stretch.borrow_mut() = None;
            }
            focus(word_at(&group, to));
        })
    };
    let close = Callback::from(move |_: MouseEvent| hands.dispatch(Action::CloseField));
    html! {
        <div class="picker">
            <span
                ref={node}
                class="words"
                role="group"
                dir="auto"
                aria-label={say("field.evidence.pick")}
                aria-describedby="evidence-how"
                {onkeydown}
            >
                { for buttons }
            </span>
            <p id="evidence-how" class="small quiet">{ say("field.evidence.how") }</p>
            <button class="do" onclick={close}>{ say("done") }</button>
        </div>
    }
}

fn word_at(group: &web_sys::Element, index: usize) -> Option<web_sys::Element> {
    group.query_selector(&format!("[data-word=\"{index}\"]")).ok().flatten()
}

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The word that has the focus and the one that the key leads to: arrows as the words stand on the screen, Home and
/// End to the ends, a letter to the next word that begins with it.
fn target(
    group: &web_sys::Element,
    event: &KeyboardEvent,
    words: &[Span],
    text: &str,
) -> Option<(usize, usize)> {
    let focused = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let from: usize = focused.get_attribute("data-word")?.parse().ok()?;
    let last = words.len().checked_sub(1)?;
    let style = gloo::utils::window().get_computed_style(group).ok().flatten();
    let is_rtl = style.and_then(|style| style.get_property_value("direction").ok()).as_deref() == Some("rtl");
    let key = event.key();
    let to = match (key.as_str(), is_rtl) {
        _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return None,
        ("Home", _) => 0,
        ("End", _) => last,
        ("ArrowRight", false) | ("ArrowLeft", true) => (from + 1).min(last),
        ("ArrowLeft", false) | ("ArrowRight", true) => from.saturating_sub(1),
        ("ArrowDown", _) => beside(group, from, last, 1.0),
        ("ArrowUp", _) => beside(group, from, last, -1.0),
        _ => {
            let mut typed = key.chars();
            let (letter, None) = (typed.next()?, typed.next()) else { return None };
            if !letter.is_alphanumeric() {
                return None;
            }
            let begins = |index: &usize| {
                let word = words.get(*index).map(|word| word.of(text).to_lowercase()).unwrap_or_default();
                letter.to_lowercase().eq(word.chars().take(1))
            };
            (from + 1..=last).chain(0..from).find(begins).unwrap_or(from)
        }
    };
    Some((from, to))
}

/// The word in the next row below (`way` 1) or above (-1) that stands nearest to the word at `from`.
fn beside(group: &web_sys::Element, from: usize, last: usize, way: f64) -> usize {
    let rect = |index| word_at(group, index).map(|word| word.get_bounding_client_rect());
    let Some(start) = rect(from) else { return from };
    let middle = start.left() + start.width() / 2.0;
    let mut best: Option<(f64, f64, usize)> = None;
    for index in 0..=last {
        let Some(rect) = rect(index) else { continue };
        let rows = (rect.top() - start.top()) * way;
        let aside = (rect.left() + rect.width() / 2.0 - middle).abs();
        let is_nearer = best.is_none_or(|(row, at, _)| rows < row - 4.0 || (rows < row + 4.0 && aside < at));
        if rows > 4.0 && is_nearer {
            best = Some((rows, aside, index));
        }
    }
    best.map_or(if way > 0.0 { last } else { 0 }, |(_, _, index)| index)
}
