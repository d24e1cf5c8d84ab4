//! Left: the articles, the legend of names, how the work is kept.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::icons::{Icon, icon};
use super::removal::RemovalRow;
use crate::annotation::Id;
use crate::app::hands::Hands;
use crate::app::state::{Action, Keeping, Panel};
use crate::app::words::{count, grouped, say, say_with};
use crate::entities::EntityKind;
use crate::store::Head;
use crate::text::ArticleId;

/// What the left side shows.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SideProps {
    pub shelf: Rc<Vec<Head>>,
    pub open: Option<ArticleId>,
    /// How many names of each kind the open article has.
    pub names: Option<Rc<Vec<(EntityKind, u32)>>>,
    pub hidden: BTreeSet<EntityKind>,
    pub keeping: Keeping,
    /// Whether every step has been written.
    pub is_written: bool,
    /// Tags of the open article since it was last downloaded.
    pub not_downloaded: u32,
}

/// The left side.
#[component]
pub(super) fn SideView(props: &SideProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let choose = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.choose_files())
    };
    let press = |action: Action| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.dispatch(action.clone()))
    };
    let folder = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.choose_folder())
    };
    let paste = press(Action::ShowPanel(Some(Panel::Paste)));
    let close = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.dispatch(Action::ShowSheet(None)))
    };
    let all = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.download_all())
    };
    // The article whose removal is being asked about.
    let asked = use_state(|| None::<ArticleId>);
    let articles = props.shelf.iter().map(|head| {
        if asked.as_ref() == Some(&head.id) {
            html! { <RemovalRow key={head.id.as_str()} head={head.clone()} asked={asked.clone()} /> }
        } else {
            article_row(&hands, head, props.open.as_ref(), &asked)
        }
    });
    html! {
        <nav class="side" aria-label={say("side")}>
            <header>
                <h2>{ say("side.articles") }</h2>
                <button class="tool narrow close" aria-label={say("close")} title={say("close")} onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </header>
            <div class="ways">
                { way(Icon::Add, "side.add", "side.add.short", choose) }
                { way(Icon::Folder, "side.folder", "side.folder.short", folder) }
                { way(Icon::Paste, "empty.paste", "side.paste.short", paste) }
            </div>
            <ul class="articles">{ for articles }</ul>
            { legend(&hands, props) }
            <div class="kept small">
                { icon(if props.keeping == Keeping::Stored { Icon::Check } else { Icon::Warn }) }
                <span>
                    { kept_words(props) }
                    <br />
                    <span class="quiet">{ downloaded_words(props.not_downloaded) }</span>
                </span>
                <button class="do narrow" onclick={press(Action::Redo)}>{ say("top.redo") }</button>
                if !props.shelf.is_empty() {
                    <button class="do" onclick={all}>{ say("side.download-all") }</button>
                }
            </div>
        </nav>
    }
}

/// One way to bring articles in: a drawing and a word.
fn way(drawing: Icon, words: &str, short: &str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button class="do" aria-label={say(words)} title={say(words)} {onclick}>
            { icon(drawing) }
            <span>{ say(short) }</span>
        </button>
    }
}

fn article_row(
    hands: &Hands,
    head: &Head,
    open: Option<&ArticleId>,
    asked: &UseStateHandle<Option<ArticleId>>,
) -> Html {
    let ask = {
        let (asked, id) = (asked.clone(), head.id.clone());
        Callback::from(move |_: MouseEvent| asked.set(Some(id.clone())))
    };
    let id: Id = head.id.as_str().into();
    let is_open = open == Some(&head.id);
    let onclick = {
        let hands = hands.clone();
        let id = head.id.clone();
        Callback::from(move |_: MouseEvent| hands.open(id.clone()))
    };
    let sentences = count("side.sentences", head.counted as usize);
    let line = if head.date.is_empty() { sentences } else { format!("{} · {sentences}", head.date) };
    let title = if head.title.is_empty() { say("untitled") } else { head.title.clone() };
    let remove = say_with("side.remove.title", &[("title", &title)]);
    let (judged, counted) = (grouped(head.judged as usize), grouped(head.counted as usize));
    let progress = say_with("top.progress", &[("n", &judged), ("all", &counted)]);
    html! {
        <li key={id.as_str()}>
            <button class="article" aria-current={is_open.then_some("page")} {onclick}>
                <b dir="auto">{ title }</b>
                <span class="small quiet">{ line }</span>
                <meter
                    min="0"
                    max={head.counted.max(1).to_string()}
                    value={head.judged.to_string()}
                    aria-label={progress.clone()}
                >
                    { progress }
                </meter>
            </button>
            <button class="tool remove" aria-label={remove.clone()} title={remove} onclick={ask}>
                { icon(Icon::Close) }
            </button>
        </li>
    }
}

fn legend(hands: &Hands, props: &SideProps) -> Html {
    let Some(names) = &props.names else { return html! { <section class="names"></section> } };
    let total: u32 = names.iter().map(|(_, number)| number).sum();
    let here = names.iter().filter(|(_, number)| *number > 0);
    let rows = here.map(|(kind, number)| {
        let is_shown = !props.hidden.contains(kind);
        let onchange = {
            let (hands, kind) = (hands.clone(), *kind);
            Callback::from(move |_: Event| hands.toggle_kinds(&[kind]))
        };
        html! {
            <li key={kind.name()}>
                <label>
                    <i class={format!("e-{}", kind.name())} aria-hidden="true">
                        { say(&format!("kind.{}.letter", kind.name())) }
                    </i>
                    <span>{ say(&format!("kind.{}", kind.name())) }</span>
                    <span class="n">{ grouped(*number as usize) }</span>
                    <input type="checkbox" checked={is_shown} {onchange} />
                </label>
            </li>
        }
    });
    let all = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.toggle_kinds(&EntityKind::ALL))
    };
    let is_any_shown = EntityKind::ALL.iter().any(|kind| !props.hidden.contains(kind));
    html! {
        <section class="names" aria-label={say("side.names")}>
            <header>
                <h2>{ say("side.names") }</h2>
                if total > 0 {
                    <button class="quiet small link" onclick={all}>
                        { say(if is_any_shown { "side.names.hide" } else { "side.names.show" }) }
                    </button>
                }
                <span class="n">{ grouped(total as usize) }</span>
            </header>
            <ul>{ for rows }</ul>
        </section>
    }
}

fn kept_words(props: &SideProps) -> String {
    match (props.keeping, props.is_written) {
        (Keeping::Stored, true) => say("kept.stored"),
        (Keeping::Stored | Keeping::Short, false) => say("kept.writing"),
        (Keeping::Short, true) => say("kept.short"),
        (Keeping::Full, _) => say("kept.full"),
        (Keeping::Blocked, _) => say("kept.blocked"),
    }
}

fn downloaded_words(tags: u32) -> String {
    match tags {
        0 => say("kept.nothing-leaves"),
        tags => count("kept.not-downloaded", tags as usize),
    }
}
