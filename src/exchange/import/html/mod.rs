//! Web pages, and rich text from the clipboard.
//!
//! A page is decoded ([`decode`]), parsed within bounds ([`parse`]), cut into blocks as a browser draws them
//! ([`blocks`]), and its article is told from what stands around it ([`article`]). What is pasted was chosen by a person:
//! of it everything stays that can be seen. Nothing here recurses, and nothing is fetched or run.

mod article;
mod blocks;
mod dates;
mod decode;
mod head;
mod json_ld;
mod line;
mod outline;
mod parse;
mod parts;
mod sink;
mod tables;
mod tags;
mod tree;

use super::super::{Imported, OpenError};
use super::builder::Builder;
use crate::annotation::Meta;
use crate::text::BlockKind;
use article::Article;
use blocks::Piece;
use head::Head;
use parts::Part;
use tree::{NodeId, Tree};

/// Which importer made the text, and its version.
const IMPORTER: &str = "html 1";

/// The longest page that is taken, in bytes: pages are saved with their pictures in them.
const MAX_BYTES: usize = 50_000_000;

/// Reads a web page: its article, and what the page says about it.
///
/// # Errors
/// [`OpenError`] when the page has no words, too many, or is built so that reading it would not end.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Imported, OpenError> {
    if bytes.len() > MAX_BYTES {
        return Err(OpenError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    let (html, warnings) = decode::decode(bytes)?;
    let page = parse::parse(&html)?;
    let head = Head::read(&page);
    let article = article::find(&page.tree, &head.hints());
    let mut builder = match drawn_by_script(&head, &article) {
        Some(pieces) => {
            let mut builder = builder(&pieces)?;
            builder.warn(
                "the text",
                "the page's own words are not the whole article: taken from its data for search engines, where \
                 headings and lists are not marked",
            );
            builder
        }
        None => builder(&article.pieces)?,
    };
    builder.warnings(warnings);
    warn_of_nuls(&mut builder, &html);
    let meta = head.meta_of(&article);
    builder.finish(name, bytes, IMPORTER, meta)
}

/// Reads rich text from the clipboard: everything of it that can be seen.
///
/// # Errors
/// As for a page.
pub fn paste(html: &str) -> Result<Imported, OpenError> {
    if html.len() > MAX_BYTES {
        return Err(OpenError::TooLarge { bytes: html.len(), limit: MAX_BYTES });
    }
    let tree = parse::parse(html)?.tree;
    let parts = visible(&tree);
    let pieces = blocks::pieces(&tree, NodeId::DOCUMENT, &parts, true);
    let meta = Meta { language: language(&tree), ..Meta::default() };
    let mut builder = builder(&pieces)?;
    warn_of_nuls(&mut builder, html);
    builder.finish("", html.as_bytes(), IMPORTER, meta)
}

/// The blocks of an article that the page's data holds and the page itself does not, or not half of.
fn drawn_by_script(head: &Head<'_>, article: &Article) -> Option<Vec<Piece>> {
    const LITTLE: u32 = 150;
    let sum = |pieces: &[Piece]| pieces.iter().fold(0_u32, |sum, piece| sum.saturating_add(piece.weight));
    let piece = |kind, text: String| Piece {
        kind,
        weight: line::weight(&text),
        text,
        node: NodeId::DOCUMENT,
        linked: 0,
        links: 0,
    };
    let body: Vec<Piece> = head.body().map(|words| piece(None, words)).collect();
    let is_missing = sum(&body) >= LITTLE && sum(&article.pieces) < sum(&body) / 2;
    is_missing.then(|| {
        let title = article.title.iter().map(|title| piece(Some(BlockKind::Heading), title.clone()));
        title.chain(body).collect()
    })
}

/// The language that the outermost elements of pasted words name.
fn language(tree: &Tree) -> String {
    let outer = tree.descendants(NodeId::DOCUMENT).take(20);
    outer.filter_map(|id| tree.attribute(id, "lang")).find_map(head::language).unwrap_or_default()
}

/// Of each node, whether it is drawn.
fn visible(tree: &Tree) -> Vec<Part> {
    let mut all = vec![Part::Open; tree.len()];
    for id in tree.descendants(NodeId::DOCUMENT) {
        if let Some(part) = all.get_mut(id.index()) {
            *part = if parts::is_undrawn(tree.name(id)) {
                Part::Undrawn
            } else if parts::is_hidden(tree, id) {
                Part::Hidden
            } else {
                Part::Open
            };
        }
    }
    all
}

/// Says how many NULs were left out, as the HTML standard wants it.
fn warn_of_nuls(builder: &mut Builder, html: &str) {
    match html.bytes().filter(|&byte| byte == 0).count() {
        0 => {}
        1 => builder.warn("the text", "a NUL was left out"),
        nuls => builder.warn("the text", format!("{nuls} NULs were left out")),
    }
}

fn builder(pieces: &[Piece]) -> Result<Builder, OpenError> {
    let mut builder = Builder::default();
    for piece in pieces {
        builder.block(piece.kind, &piece.text)?;
    }
    Ok(builder)
}
