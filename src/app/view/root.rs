//! The whole page: the state's one home, its effects, and the places of the views.

use std::rc::Rc;

use yew::prelude::*;

use super::article::ArticleView;
use super::dock::Dock;
use super::empty::Empty;
use super::find::Find;
use super::inspector::Inspector;
use super::keys_sheet::KeysSheet;
use super::notices::Notices;
use super::paste::Paste;
use super::side::SideView;
use super::strip::Strip;
use super::suggestions::Suggestions;
use super::top::{Live, Top};
use crate::annotation::{Codebook, Id};
use crate::app::effects::use_effects;
use crate::app::hands::{Hands, Page};
use crate::app::state::{Desk, Panel, Role, Side, State};
use crate::app::told;
use crate::app::words::{count, grouped, say, say_with};
use crate::entities::EntityKind;

/// The page.
#[component]
pub fn Root() -> Html {
    let page = use_reducer(Page::new);
    let hands = use_memo((), |()| Hands::new(page.dispatcher()));
    let hands: Hands = hands.as_ref().clone();
    use_effects(&hands, &page.state);
    let state = &page.state;
    let can_edit = state.desk.as_ref().is_some_and(|desk| desk.role == Role::Writer);
    html! {
        <ContextProvider<Hands> context={hands}>
            <div class="desk" data-fold={folded(state)} data-sheet={state.sheet.map(side_name)}>
                { top(state, can_edit) }
                <Notices notices={state.notices.clone()} opening={state.opening.clone()} />
                { side(state) }
                { reading(state) }
                { inspector(state) }
                { dock(state, can_edit) }
            </div>
            { panels(state) }
            { descriptions(state) }
            <Live words={live_words(state)} />
        </ContextProvider<Hands>>
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Side => "side",
        Side::Inspector => "inspector",
    }
}

fn folded(state: &State) -> Option<String> {
    let names: Vec<&str> = state.settings.folded.iter().copied().map(side_name).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

fn codebook(state: &State) -> Rc<Codebook> {
    state.desk.as_ref().map_or_else(Codebook::standard, |desk| desk.document.codebook.clone())
}

fn told_words(state: &State) -> Option<String> {
    if let Some(hint) = state.hint {
        return Some(say(hint));
    }
    let (told, desk) = (state.told.as_ref()?, state.desk.as_ref()?);
    Some(told::sentence(told, &desk.document.codebook))
}

fn top(state: &State, can_edit: bool) -> Html {
    let Some(desk) = &state.desk else {
        let none = None::<AttrValue>;
        return html! {
            <Top
                title=""
                progress={None::<(u32, u32)>}
                told={none.clone()}
                told_undo=false
                undo={none.clone()}
                redo={none}
                {can_edit}
                folded={state.settings.folded.clone()}
            />
        };
    };
    let document = &desk.document;
    let set = &document.set;
    let words = |edit: Option<&Rc<crate::annotation::Edit>>| {
        edit.map(|edit| AttrValue::from(told::what_words(&edit.what, &document.codebook, 1)))
    };
    let is_done = state.hint.is_none()
        && state.told.as_ref().is_some_and(|told| told.how != crate::app::state::How::Undone);
    html! {
        <Top
            title={AttrValue::from(set.meta.title.clone())}
            progress={Some((set.counts().judged, set.outline.counted()))}
            told={told_words(state).map(AttrValue::from)}
            told_undo={is_done && can_edit && document.history.last_done().is_some()}
            undo={words(document.history.last_done())}
            redo={words(document.history.last_undone())}
            {can_edit}
            folded={state.settings.folded.clone()}
        />
    }
}

fn side(state: &State) -> Html {
    let desk = state.desk.as_ref();
    let names = desk.map(|desk| {
        let counts = &desk.document.set.counts().entities;
        Rc::new(EntityKind::ALL.map(|kind| (kind, counts.get(&kind).copied().unwrap_or_default())).to_vec())
    });
    let open = desk.map(|desk| desk.document.article.id.clone());
    let not_downloaded: u32 = state.shelf.iter().map(|head| head.not_downloaded()).sum();
    html! {
        <SideView
            shelf={state.shelf.clone()}
            {open}
            {names}
            hidden={state.settings.hidden.clone()}
            keeping={state.keeping}
            is_written={desk.is_none_or(|desk| desk.outbox.is_empty())}
            {not_downloaded}
        />
    }
}

fn reading(state: &State) -> Html {
    let find = state.desk.as_ref().filter(|_| state.panel == Some(Panel::Find)).map(|desk| {
        html! { <Find document={desk.document.clone()} current={desk.current} /> }
    });
    let body = match &state.desk {
        Some(desk) => article(state, desk),
        None if state.is_ready => html! { <Empty /> },
        None => html! {},
    };
    html! {
        <div class="page" id="page">
            { find }
            { body }
        </div>
    }
}

fn article(state: &State, desk: &Desk) -> Html {
    let hidden: Vec<&str> = state.settings.hidden.iter().map(|kind| kind.name()).collect();
    let id = desk.document.article.id.as_str().to_owned();
    html! {
        <>
            <Strip key={format!("strip-{id}")} chunks={desk.chunks.clone()} />
            <ArticleView
                key={id}
                chunks={desk.chunks.clone()}
                current={desk.current}
                selected={desk.selected_range()}
                focus={desk.focus}
                may_focus={desk.field.is_none() && state.panel.is_none()}
                reveal={desk.reveal}
                hidden={hidden.join(" ")}
                is_flow={state.settings.flow}
                language={AttrValue::from(desk.document.set.meta.language.clone())}
            />
        </>
    }
}

fn inspector(state: &State) -> Html {
    let Some(desk) = &state.desk else {
        return html! {
            <aside class="inspector" aria-label={say("inspector")}>
                <h2>{ say("inspector") }</h2>
                <p class="quiet">{ say("inspector.empty") }</p>
            </aside>
        };
    };
    html! {
        <Inspector
            document={desk.document.clone()}
            version={desk.version}
            current={desk.current}
            selected={desk.selected_count()}
            picked={desk.picked}
            field={desk.field.clone()}
            coder={state.coder.clone()}
            active={desk.active_tag(&state.coder)}
            role={desk.role}
        />
    }
}

fn dock(state: &State, can_edit: bool) -> Html {
    let Some(desk) = &state.desk else { return html! { <footer class="dock"></footer> } };
    let document = &desk.document;
    let tags = desk.current.map(|current| document.set.tags_on(current)).unwrap_or_default();
    let mine = tags.iter().filter(|tag| tag.coder == state.coder);
    let labels: Vec<Id> = mine.map(|tag| tag.label.clone()).collect();
    let is_none = desk.current.is_some_and(|current| {
        document.set.judgements_on(current).iter().any(|judgement| judgement.coder == state.coder)
    });
    let judged = grouped(document.set.counts().judged as usize);
    let place =
        format!("{} · {}", place_words(desk, "dock.place"), say_with("dock.judged", &[("n", &judged)]));
    html! {
        <Dock
            codebook={document.codebook.clone()}
            place={AttrValue::from(place)}
            told={AttrValue::from(told_words(state).unwrap_or_default())}
            labels={Rc::new(labels)}
            {is_none}
            can_undo={can_edit && document.history.last_done().is_some()}
            can_redo={can_edit && document.history.last_undone().is_some()}
            {can_edit}
        />
    }
}

/// "Sentence 7 of 29.", or what else is current.
fn place_words(desk: &Desk, key: &str) -> String {
    let outline = &desk.document.set.outline;
    let Some(current) = desk.current else { return String::new() };
    let sentence = outline.index_of(current).and_then(|index| outline.sentences().get(index));
    match sentence.and_then(|sentence| sentence.number) {
        Some(number) => {
            let (n, all) = (grouped(number as usize), grouped(outline.counted() as usize));
            say_with(key, &[("n", &n), ("all", &all)])
        }
        None => {
            let block = sentence.and_then(|sentence| outline.block_of(sentence));
            block.map(|block| say(&format!("block.{}", block.kind.name()))).unwrap_or_default()
        }
    }
}

/// What is read out: what was done, and where the reader is.
fn live_words(state: &State) -> Rc<str> {
    let Some(desk) = &state.desk else { return "".into() };
    let told = told_words(state).unwrap_or_default();
    let place = match desk.selected_count() {
        0 | 1 => place_words(desk, "live.sentence"),
        many => count("inspector.selected", many),
    };
    format!("{told} {place}").trim().into()
}

fn panels(state: &State) -> Html {
    match state.panel {
        Some(Panel::Keys) => {
            html! { <KeysSheet codebook={codebook(state)} settings={state.settings.clone()} /> }
        }
        Some(Panel::Paste) => html! { <Paste /> },
        Some(Panel::Suggestions) => {
            let desk = state.desk.as_ref();
            html! {
                <Suggestions
                    document={desk.map(|desk| desk.document.clone())}
                    version={desk.map_or(0, |desk| desk.version)}
                    settings={state.settings.clone()}
                    learner={state.learner.clone()}
                    can_edit={desk.is_some_and(|desk| desk.role == Role::Writer)}
                />
            }
        }
        _ => html! { <span hidden=true></span> },
    }
}

/// The words that describe tagged sentences to assistive technology, outside the article.
fn descriptions(state: &State) -> Html {
    let codebook = codebook(state);
    html! {
        <div hidden=true>
            { for codebook.labels.iter().map(|label| html! {
                <>
                    <span id={format!("says-{}", label.id)}>{ &label.name }</span>
                    <span id={format!("suggests-{}", label.id)}>
                        { say_with("suggestion.says", &[("label", &label.name)]) }
                    </span>
                </>
            }) }
            <span id="says-none">{ say("label.none") }</span>
        </div>
    }
}
