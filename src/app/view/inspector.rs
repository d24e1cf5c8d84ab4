//! The current sentence: its labels, parties, evidence, note, names.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::icons::{Icon, icon};
use super::tag_fields::TagFields;
use crate::annotation::{Actor, Document, Entity, Id, Strength, Tag};
use crate::app::hands::Hands;
use crate::app::keys::{Command, shown};
use crate::app::state::{Act, Action, Field, Role};
use crate::app::words::{count, grouped, say, say_with};
use crate::entities::EntityKind;
use crate::text::{BlockKind, Span};

/// What the inspector shows.
#[derive(Debug, Clone, Properties)]
pub(super) struct InspectorProps {
    pub document: Rc<Document>,
    pub version: u64,
    pub current: Option<Span>,
    /// Number of selected sentences.
    pub selected: usize,
    pub picked: Option<Span>,
    pub field: Option<(Field, Id)>,
    pub coder: Id,
    /// The tag that keys act on.
    pub active: Option<Id>,
    pub role: Role,
}

impl PartialEq for InspectorProps {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
            && self.document.article.id == other.document.article.id
            && (self.current, self.selected, self.picked, self.role)
                == (other.current, other.selected, other.picked, other.role)
            && (&self.field, &self.active) == (&other.field, &other.active)
            && self.coder == other.coder
    }
}

/// The inspector.
#[component]
pub(super) fn Inspector(props: &InspectorProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let document = &props.document;
    let close = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.dispatch(Action::ShowSheet(None)))
    };
    let close = html! {
        <button class="tool narrow close" aria-label={say("close")} title={say("close")} onclick={close}>
            { icon(Icon::Close) }
        </button>
    };
    let Some(current) = props.current else {
        return html! {
            <aside class="inspector" aria-label={say("inspector")}>
                <header><h2>{ say("inspector") }</h2>{ close }</header>
                <p class="quiet">{ say("inspector.empty") }</p>
            </aside>
        };
    };
    let can_edit = props.role == Role::Writer;
    let mut tags = document.set.tags_on(current);
    tags.sort_by_key(|tag| (document.codebook.position(&tag.label), tag.created));
    let is_none = document.set.judgements_on(current).iter().any(|judgement| judgement.coder == props.coder);
    let mine = tags.iter().filter(|tag| tag.coder == props.coder).count();
    let index = document.set.outline.index_of(current);
    let number = index.and_then(|index| document.set.outline.sentences().get(index)?.number);
    let number = number.filter(|_| props.selected > 1);
    let alone = number.map(|number| AttrValue::from(grouped(number as usize)));
    html! {
        <aside class="inspector" aria-label={say("inspector")}>
            <header>
                <h2>{ heading(document, current, props.selected) }</h2>
                { close }
            </header>
            if let Some(number) = &alone {
                <p class="small quiet">{ say_with("inspector.several", &[("n", number)]) }</p>
            }
            <p class="said" dir="auto">{ current.of(&document.article.text).to_owned() }</p>
            { suggestions(&hands, document, current, can_edit) }
            { labels(&hands, props, &tags, is_none, can_edit) }
            { meanings(document) }
            <p class="small">
                <button class="link" aria-keyshortcuts={shown(Command::Suggestions)} onclick={run(&hands, Command::Suggestions)}>
                    { say("suggestions.all") }
                </button>
                { " " }<kbd>{ shown(Command::Suggestions) }</kbd>
            </p>
            { for tags.iter().map(|tag| {
                let open = props.field.as_ref().filter(|(_, id)| *id == tag.id).map(|(field, _)| *field);
                html! {
                    <TagFields
                        key={tag.id.as_str()}
                        document={document.clone()}
                        tag={tag.clone()}
                        {open}
                        is_mine={tag.coder == props.coder}
                        is_active={props.active.as_ref() == Some(&tag.id)}
                        is_among={mine > 1}
                        can_edit={can_edit && tag.coder == props.coder}
                        alone={alone.clone()}
                    />
                }
            }) }
            { picked(&hands, props, tags.iter().find(|tag| props.active.as_ref() == Some(&tag.id)), can_edit) }
            { names(&hands, document, current, can_edit) }
        </aside>
    }
}

fn heading(document: &Document, current: Span, selected: usize) -> String {
    if selected > 1 {
        return count("inspector.selected", selected);
    }
    let outline = &document.set.outline;
    let sentence = outline.index_of(current).and_then(|index| outline.sentences().get(index));
    match sentence.and_then(|sentence| sentence.number) {
        Some(number) => say_with(
            "inspector.sentence",
            &[("n", &grouped(number as usize)), ("all", &grouped(outline.counted() as usize))],
        ),
        None => {
            let kind = sentence.and_then(|sentence| outline.block_of(sentence)).map(|block| block.kind);
            say(&format!("block.{}", kind.unwrap_or(BlockKind::Paragraph).name()))
        }
    }
}

fn labels(hands: &Hands, props: &InspectorProps, tags: &[Rc<Tag>], is_none: bool, can_edit: bool) -> Html {
    let buttons = props.document.codebook.labels.iter().enumerate().map(|(index, label)| {
        let is_on = tags.iter().any(|tag| tag.label == label.id && tag.coder == props.coder);
        html! {
            <button
                key={label.id.as_str()}
                class={classes!("label", format!("c-{}", label.color))}
                aria-pressed={is_on.to_string()}
                title={label.definition.clone()}
                disabled={!can_edit}
                onclick={run(hands, Command::Label(index))}
            >
                <span class="letter">{ label.letter() }</span>
                <span>{ &label.name }</span>
                <kbd>{ &label.key }</kbd>
            </button>
        }
    });
    html! {
        <>
            <h2>{ say("inspector.label") }</h2>
            <div class="labels">
                { for buttons }
                <button
                    key="none"
                    class="label"
                    aria-pressed={is_none.to_string()}
                    disabled={!can_edit}
                    onclick={run(hands, Command::NoLabel)}
                >
                    <span class="letter">{ "–" }</span>
                    <span>{ say("label.none") }</span>
                    <kbd>{ shown(Command::NoLabel) }</kbd>
                </button>
            </div>
        </>
    }
}

/// What is suggested for the sentence, and on which nobody has decided: the keys act on the first.
fn suggestions(hands: &Hands, document: &Document, current: Span, can_edit: bool) -> Html {
    let open = document.set.suggestions_on(current);
    if open.is_empty() {
        return html! {};
    }
    let names = |actors: &[Actor]| -> Option<String> {
        let name = |actor: &Actor| {
            let party = actor.party.as_ref().and_then(|party| document.set.parties.get(party));
            let words = actor.span.map(|span| span.of(&document.article.text).to_owned());
            party.map(|party| party.name.clone()).or(words)
        };
        let names: Vec<String> = actors.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let rows = open.iter().enumerate().map(|(index, suggestion)| {
        let label = document.codebook.label(&suggestion.label);
        let color = label.map_or("grey", |label| label.color.as_str());
        let title = label.map_or_else(|| suggestion.label.to_string(), |label| label.name.clone());
        let percent = ((suggestion.score * 100.0).round() as u8).min(99).to_string();
        let strength = suggestion.strength.map(|strength| match strength {
            Strength::Firm => say("suggestion.firm"),
            Strength::Soft => say("suggestion.soft"),
        });
        let by = names(&suggestion.by).map(|names| say_with("suggestion.by", &[("names", &names)]));
        let to = names(&suggestion.to).map(|names| say_with("suggestion.to", &[("names", &names)]));
        let said: Vec<String> =
            [strength, by, to].into_iter().flatten().chain([say_with("suggestion.sure", &[("n", &percent)])]).collect();
        let press = |act: Act| {
            let hands = hands.clone();
            Callback::from(move |_: MouseEvent| {
                hands.act(act.clone());
                hands.dispatch(Action::Reveal);
            })
        };
        let key = |command: Command| html! { if index == 0 { <kbd>{ shown(command) }</kbd> } };
        let id = || Some(suggestion.id.clone());
        html! {
            <div key={suggestion.id.as_str()} class={classes!("suggestion", format!("c-{color}"))}>
                <p><strong>{ title.clone() }</strong>{ " " }<span class="small quiet">{ said.join(" · ") }</span></p>
                <div class="row">
                    <button class="do" disabled={!can_edit} aria-label={format!("{}: {title}", say("suggestion.take"))} onclick={press(Act::TakeSuggestion(id()))}>
                        { say("suggestion.take") }{ key(Command::TakeSuggestion) }
                    </button>
                    <button class="do" disabled={!can_edit} aria-label={format!("{}: {title}", say("suggestion.dismiss"))} onclick={press(Act::DismissSuggestion(id()))}>
                        { say("suggestion.dismiss") }{ key(Command::DismissSuggestion) }
                    </button>
                </div>
            </div>
        }
    });
    html! {
        <>
            <h2>{ say("inspector.suggested") }</h2>
            { for rows }
        </>
    }
}

fn run(hands: &Hands, command: Command) -> Callback<MouseEvent> {
    let hands = hands.clone();
    Callback::from(move |_| {
        hands.run(command);
        // Its words stand here, so the press is not blind; but the page shows what it did.
        hands.dispatch(Action::Reveal);
    })
}

/// When each label applies, for whoever has no pointer to hold over it.
fn meanings(document: &Document) -> Html {
    let terms = document.codebook.labels.iter().filter(|label| !label.definition.is_empty());
    let terms = terms.map(|label| {
        html! {
            <div key={label.id.as_str()} class={format!("c-{}", label.color)}>
                <dt>{ &label.name }</dt>
                <dd>
                    { &label.definition }
                    <ul>{ for label.examples.iter().map(|example| html! { <li>{ example }</li> }) }</ul>
                </dd>
            </div>
        }
    });
    html! {
        <details class="means">
            <summary>{ say("inspector.meanings") }</summary>
            <dl>{ for terms }</dl>
        </details>
    }
}

/// What can be made of the words that are selected in the article.
fn picked(hands: &Hands, props: &InspectorProps, tag: Option<&Rc<Tag>>, can_edit: bool) -> Html {
    let Some(span) = props.picked.filter(|_| can_edit) else { return html! { <div class="picked"></div> } };
    let words = span.of(&props.document.article.text);
    let act = |act: Act| {
        let hands = hands.clone();
        // The press must not take the selection away before it is used.
        let hold = Callback::from(|event: MouseEvent| event.prevent_default());
        (Callback::from(move |_: MouseEvent| hands.act(act.clone())), hold)
    };
    let evidence = tag.filter(|tag| tag.sentence.overlaps(span)).map(|tag| {
        let mut spans = tag.evidence.clone();
        spans.push(span);
        let (onclick, onmousedown) = act(Act::SetEvidence(tag.id.clone(), spans));
        html! { <button class="do" {onclick} {onmousedown}>{ say("picked.evidence") }</button> }
    });
    let kinds = EntityKind::ALL.into_iter().map(|kind| {
        let (onclick, onmousedown) = act(Act::AddEntity(span, kind));
        html! {
            <button class={classes!("do", format!("e-{}", kind.name()))} {onclick} {onmousedown}>
                { say(&format!("kind.{}", kind.name())) }
            </button>
        }
    });
    html! {
        <div class="picked">
            <h2>{ say("picked") }</h2>
            <p class="quote" dir="auto">{ shorten(words) }</p>
            <div class="row">{ for evidence }</div>
            <h3>{ say("picked.name") }</h3>
            <div class="row">{ for kinds }</div>
        </div>
    }
}

fn shorten(words: &str) -> String {
    match words.char_indices().nth(80) {
        Some((end, _)) => format!("“{}…”", words.get(..end).unwrap_or_default()),
        None => format!("“{words}”"),
    }
}

/// The names in the sentence, each with its kind to change and a way to take it off.
fn names(hands: &Hands, document: &Document, current: Span, can_edit: bool) -> Html {
    let entities = document.set.entities_in(current);
    if entities.is_empty() {
        return html! { <div class="here"></div> };
    }
    let rows = entities.iter().map(|entity| name_row(hands, document, entity, can_edit));
    html! {
        <div class="here">
            <h2>{ say("inspector.names") }</h2>
            <ul>{ for rows }</ul>
        </div>
    }
}

fn name_row(hands: &Hands, document: &Document, entity: &Rc<Entity>, can_edit: bool) -> Html {
    let words = entity.span.of(&document.article.text).to_owned();
    let onchange = {
        let hands = hands.clone();
        let id = entity.id.clone();
        Callback::from(move |event: Event| {
            let select =
                event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
            if let Some(kind) = select.and_then(|select| EntityKind::from_name(&select.value())) {
                hands.act(Act::SetEntityKind(id.clone(), kind));
            }
        })
    };
    let remove = {
        let hands = hands.clone();
        let id = entity.id.clone();
        Callback::from(move |_: MouseEvent| hands.act(Act::RemoveEntity(id.clone())))
    };
    let options = EntityKind::ALL.into_iter().map(|kind| {
        html! {
            <option value={kind.name()} selected={kind == entity.kind}>
                { say(&format!("kind.{}", kind.name())) }
            </option>
        }
    });
    let title = say_with("entity.remove", &[("name", &words)]);
    html! {
        <li key={entity.id.as_str()}>
            <mark data-entity={entity.kind.name()} dir="auto">{ &words }</mark>
            <select aria-label={say_with("entity.kind", &[("name", &words)])} disabled={!can_edit} {onchange}>
                { for options }
            </select>
            <button class="tool" aria-label={title.clone()} {title} disabled={!can_edit} onclick={remove}>
                { icon(Icon::Close) }
            </button>
        </li>
    }
}
