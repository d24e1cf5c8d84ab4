//! One chunk of the article: live with its sentences and names, or dormant as one stretch of text.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::VText;

use crate::annotation::Codebook;
use crate::app::chunks::{Chunk, DrawnBlock, DrawnSentence, Piece, draw, estimated_lines};
use crate::text::Span;

/// What a chunk needs to be drawn. Two equal ones look the same.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ChunkProps {
    pub chunk: Rc<Chunk>,
    pub is_live: bool,
    /// The current sentence, when it lies in this chunk.
    pub current: Option<Span>,
    /// The selected stretch, when it reaches into this chunk.
    pub selected: Option<Span>,
}

/// One chunk of the article.
#[component]
pub(super) fn ChunkView(props: &ChunkProps) -> Html {
    let chunk = &props.chunk;
    let node = use_node_ref();
    {
        let node = node.clone();
        let lines = {
            let document = &chunk.document;
            let sentences = document.set.outline.indices_in(chunk.span).len();
            estimated_lines(&document.article.text, chunk.span, sentences)
        };
        use_effect_with(chunk.span, move |_| {
            if let Some(element) = node.cast::<web_sys::HtmlElement>() {
                // Through the object model, which the page's policy allows; a style attribute it would not.
                let _ = element.style().set_property("--lines", &lines.to_string());
            }
        });
    }
    let index = chunk.index.to_string();
    // UTF-16 units before the chunk: the DOM's measure, so that a selection is placed without counting from the top.
    let article = &chunk.document.article;
    let start =
        article.offsets.byte_to_utf16(&article.text, chunk.span.start).unwrap_or_default().to_string();
    if !props.is_live {
        let text = words(&chunk.document.article.text, chunk.span);
        return html! { <div ref={node} class="chunk" data-chunk={index} data-start={start}>{ text }</div> };
    }
    let text = &chunk.document.article.text;
    let (blocks, tail) = draw(&chunk.document, chunk.span);
    html! {
        <div ref={node} class="chunk" data-chunk={index} data-start={start} data-live="">
            { for blocks.iter().map(|block| block_view(props, text, block)) }
            { words(text, tail) }
        </div>
    }
}

fn block_view(props: &ChunkProps, text: &str, block: &DrawnBlock) -> Html {
    let sentences = block.sentences.iter().enumerate().map(|(index, sentence)| {
        let gap = if index == 0 { None } else { Some(words(text, sentence.gap)) };
        html! { <>{ gap }{ sentence_view(props, text, sentence) }</> }
    });
    html! {
        <>
            { words(text, block.gap) }
            <div
                data-block={block.kind.name()}
                class={classes!(block.is_title.then_some("title"))}
                data-continued={block.is_continued.then_some("")}
                dir="auto"
            >
                { for sentences }
            </div>
        </>
    }
}

fn sentence_view(props: &ChunkProps, text: &str, sentence: &DrawnSentence) -> Html {
    let codebook: &Codebook = &props.chunk.document.codebook;
    let is_current = props.current == Some(sentence.span);
    let is_selected = props.selected.is_some_and(|selected| selected.contains(sentence.span));
    let labels: Vec<&str> = sentence.labels.iter().map(|label| label.as_str()).collect();
    let suggested: Vec<&str> = sentence.suggested.iter().map(|label| label.as_str()).collect();
    // One or the other: what is suggested for a sentence is shown until it is judged.
    let shown = || sentence.labels.iter().chain(&sentence.suggested);
    let has_chip = shown().next().is_some();
    let chip: String =
        shown().filter_map(|label| codebook.label(label)).map(|label| label.letter()).collect();
    let colors: Classes = shown()
        .filter_map(|label| codebook.label(label))
        .enumerate()
        .map(|(index, label)| format!("c{}-{}", index + 1, label.color))
        .collect();
    let described = match (labels.is_empty(), sentence.is_judged) {
        (false, _) => Some(labels.iter().map(|label| format!("says-{label}")).collect::<Vec<_>>().join(" ")),
        (true, true) => Some(String::from("says-none")),
        (true, false) if !sentence.suggested.is_empty() => Some(
            sentence.suggested.iter().map(|label| format!("suggests-{label}")).collect::<Vec<_>>().join(" "),
        ),
        (true, false) => None,
    };
    html! {
        <span
            id={format!("s{}", sentence.span.start)}
            class={colors}
            data-sentence={sentence.id.clone()}
            data-tags={(!labels.is_empty()).then(|| labels.join(" "))}
            data-chip={has_chip.then_some(chip)}
            data-suggestion={(!sentence.suggested.is_empty()).then(|| suggested.join(" "))}
            data-score={sentence.score.map(|score| score.to_string())}
            data-strength={sentence.is_soft.then_some("soft")}
            data-judged={sentence.is_judged.then_some("")}
            data-selected={is_selected.then_some("")}
            role="group"
            aria-roledescription={crate::app::words::say("sentence")}
            aria-describedby={described}
            aria-current={is_current.then_some("true")}
            tabindex={if is_current { "0" } else { "-1" }}
        >
            { for sentence.pieces.iter().map(|piece| piece_view(text, piece)) }
        </span>
    }
}

fn piece_view(text: &str, piece: &Piece) -> Html {
    match piece {
        Piece::Words(span) => words(text, *span),
        Piece::Evidence(span, color) => {
            html! { <span class={classes!("evidence", format!("c-{color}"))}>{ words(text, *span) }</span> }
        }
        Piece::Name(kind, pieces) => html! {
            <mark data-entity={kind.name()}>{ for pieces.iter().map(|piece| piece_view(text, piece)) }</mark>
        },
    }
}

fn words(text: &str, span: Span) -> Html {
    VText::new(span.of(text).to_owned()).into()
}
