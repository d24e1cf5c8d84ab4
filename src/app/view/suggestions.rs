//! What is suggested in the open article, which of it is shown, and what the suggestions have learnt.

use std::rc::Rc;

use yew::prelude::*;

use super::icons::{Icon, icon};
use super::modal::use_modal;
use crate::acts::{Learner, Learnt};
use crate::annotation::{Codebook, Document, Suggestion, SuggestionStatus};
use crate::app::hands::Hands;
use crate::app::state::{Act, Settings};
use crate::app::words::{count, say, say_with};

/// Suggestions of more than this are offered together.
const SURE: f64 = 0.95;

/// Words that are shown for and against a label.
const STRONGEST: usize = 8;

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SuggestionsProps {
    pub document: Option<Rc<Document>>,
    pub version: u64,
    pub settings: Settings,
    pub learner: Rc<Learner>,
    pub can_edit: bool,
}

/// The panel: a dialog of the browser's own.
#[component]
pub(super) fn Suggestions(props: &SuggestionsProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let node = use_modal();
    // A press on "Forget" is asked about once.
    let is_sure = use_state(|| false);
    let close = {
        let hands = hands.clone();
        Callback::from(move |()| hands.close_panel())
    };
    let onclose = close.reform(|_: Event| ());
    let onclick = close.reform(|_: MouseEvent| ());
    let codebook = props.document.as_ref().map_or_else(Codebook::standard, |it| it.codebook.clone());
    html! {
        <dialog ref={node} class="keys" aria-label={say("suggestions")} {onclose}>
            <header>
                <h2>{ say("suggestions") }</h2>
                <button class="tool close" aria-label={say("close")} title={say("close")} {onclick}>
                    { icon(Icon::Close) }
                </button>
            </header>
            <p class="quiet small">{ say("suggestions.what") }</p>
            { choices(&hands, &props.settings) }
            { props.document.as_ref().map(|document| in_article(&hands, document, props.can_edit)) }
            { learnt(&hands, &codebook, &props.learner, &is_sure) }
        </dialog>
    }
}

fn choices(hands: &Hands, settings: &Settings) -> Html {
    let choice = |words: String, next: Settings| {
        let is_on = next == *settings;
        let hands = hands.clone();
        let onclick = Callback::from(move |_: MouseEvent| hands.set(next.clone()));
        html! { <button aria-pressed={is_on.to_string()} {onclick}>{ words }</button> }
    };
    let from = |from: u8| {
        let words = match from {
            101 => say("suggestions.none"),
            _ => say_with("suggestions.from", &[("n", &from.to_string())]),
        };
        choice(words, Settings { suggest_from: from, ..settings.clone() })
    };
    let order = |least_sure_first: bool, words: &str| {
        choice(say(words), Settings { least_sure_first, ..settings.clone() })
    };
    let row = |words: &str, choices: Html| {
        html! {
            <div class="field">
                <span>{ say(words) }</span>
                <span class="seg" role="group" aria-label={say(words)}>{ choices }</span>
            </div>
        }
    };
    html! {
        <section class="settings">
            { row("suggestions.shown", html! { <>{ for [30, 50, 70, 90, 101].map(from) }</> }) }
            { row("suggestions.order", html! { <>
                { order(false, "suggestions.order.reading") }
                { order(true, "suggestions.order.doubt") }
            </> }) }
        </section>
    }
}

fn in_article(hands: &Hands, document: &Rc<Document>, can_edit: bool) -> Html {
    let set = &document.set;
    let decided = |status: SuggestionStatus| set.suggestions.iter().filter(|it| it.status == status).count();
    let (taken, dismissed) = (decided(SuggestionStatus::Taken), decided(SuggestionStatus::Dismissed));
    let open = set.open_suggestions();
    let sure: Vec<Rc<Suggestion>> = open.iter().filter(|it| it.score > SURE).cloned().collect();
    let rate = (taken * 100).checked_div(taken + dismissed).map(|rate| {
        say_with(
            "suggestions.rate",
            &[("taken", &taken.to_string()), ("dismissed", &dismissed.to_string()), ("n", &rate.to_string())],
        )
    });
    let rows = sure.iter().map(|suggestion| {
        let label = document.codebook.label(&suggestion.label);
        let color = label.map_or("grey", |label| label.color.as_str());
        let title = label.map_or_else(|| suggestion.label.to_string(), |label| label.name.clone());
        html! {
            <li key={suggestion.id.as_str()} class={format!("c-{color}")}>
                <strong>{ title }</strong>{ " " }
                <span dir="auto">{ suggestion.span.of(&document.article.text).to_owned() }</span>
            </li>
        }
    });
    let take = {
        let (hands, ids) = (hands.clone(), sure.iter().map(|it| it.id.clone()).collect::<Vec<_>>());
        Callback::from(move |_: MouseEvent| hands.act(Act::TakeAll(ids.clone())))
    };
    html! {
        <section>
            <h3>{ say("suggestions.here") }</h3>
            <p>{ count("suggestions.open", open.len()) }{ " " }{ rate.unwrap_or_default() }</p>
            if sure.is_empty() {
                <p class="quiet small">{ say("suggestions.none-sure") }</p>
            } else {
                <p>{ count("suggestions.sure", sure.len()) }</p>
                <ul class="preview" tabindex="0">{ for rows }</ul>
                <button class="do" disabled={!can_edit} onclick={take}>{ count("suggestions.take", sure.len()) }</button>
            }
        </section>
    }
}

fn learnt(hands: &Hands, codebook: &Codebook, learner: &Learner, is_sure: &UseStateHandle<bool>) -> Html {
    let labels = learner.learnt(STRONGEST);
    let forget = {
        let (hands, is_sure) = (hands.clone(), is_sure.clone());
        Callback::from(move |_: MouseEvent| {
            if *is_sure {
                hands.forget_learnt();
            }
            is_sure.set(!*is_sure);
        })
    };
    let row = |learnt: &Learnt| {
        let label = codebook.labels.iter().find(|label| label.id.as_str() == learnt.label);
        let title = label.map_or_else(|| learnt.label.clone(), |label| label.name.clone());
        let lessons = say_with(
            "suggestions.lessons",
            &[("fits", &learnt.fits.to_string()), ("not", &learnt.fits_not.to_string())],
        );
        let words = |key: &str, words: &[String]| {
            (!words.is_empty())
                .then(|| html! { <p class="small">{ say_with(key, &[("words", &words.join(", "))]) }</p> })
        };
        html! {
            <li key={learnt.label.clone()} class={format!("c-{}", label.map_or("grey", |it| it.color.as_str()))}>
                <p><strong>{ title }</strong>{ " " }<span class="quiet small">{ lessons }</span></p>
                { words("suggestions.for", &learnt.speak_for) }
                { words("suggestions.against", &learnt.speak_against) }
            </li>
        }
    };
    html! {
        <section>
            <h3>{ say("suggestions.learnt") }</h3>
            if labels.is_empty() {
                <p class="quiet small">{ say("suggestions.nothing-learnt") }</p>
            } else {
                <ul class="preview" tabindex="0">{ for labels.iter().map(row) }</ul>
                <p class="quiet small">{ say("suggestions.kept") }</p>
                <button class="do" onclick={forget}>
                    { say(if **is_sure { "suggestions.forget-sure" } else { "suggestions.forget" }) }
                </button>
            }
        </section>
    }
}
