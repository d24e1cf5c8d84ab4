//! Finds the article of a page among what stands around it.
//!
//! Pages say where their article is in several ways, and some say it wrongly; so each way must also hold a fair share
//! of the page's prose. What no rule knows for something else is kept: a menu too many costs a reader a moment, a lost
//! paragraph costs the work.

use super::blocks::Piece;
use super::outline::{Outline, is_linked, is_prose};
use super::parts::{self, Part};
use super::tree::{NodeId, Tree};
use crate::text::BlockKind;

/// What a page says about its article elsewhere.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Its titles, the surest first, and parts of them; each with its letters in lower case.
    titles: Vec<(String, String)>,
    /// Its words, as the data for search engines has them.
    body: String,
}

impl Hints {
    /// `titles` and their parts, the surest first; `body` is the article's words.
    pub(super) fn new(titles: impl Iterator<Item = String>, body: String) -> Self {
        let titles = titles.filter(|title| !title.is_empty() && title.len() <= 1_000).take(30);
        let titles = titles.map(|title| {
            let key = letters(&title);
            (title, key)
        });
        Self { titles: titles.collect(), body }
    }

    /// Whether a heading is one of the titles, or most of one that goes on with the site's name.
    fn name(&self, piece: &Piece) -> bool {
        if piece.kind != Some(BlockKind::Heading) || piece.text.len() > 1_000 || self.titles.is_empty() {
            return false;
        }
        let heading = letters(&piece.text);
        let is_it = |title: &str| {
            heading == title
                || title.starts_with(&heading) && heading.len() * 2 >= title.len()
                || heading.starts_with(title) && title.len() * 2 >= heading.len()
        };
        !heading.is_empty() && self.titles.iter().any(|(_, key)| is_it(key))
    }

    /// Whether a line that is no heading is one of the titles to the letter.
    fn name_exactly(&self, piece: &Piece) -> bool {
        self.titles.iter().any(|(title, _)| *title == piece.text)
    }
}

/// The letters and digits of words, in lower case.
fn letters(words: &str) -> String {
    words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What was found.
#[derive(Debug)]
pub(super) struct Article {
    /// Its blocks, in order.
    pub(super) pieces: Vec<Piece>,
    /// The element that holds it, but perhaps for its title.
    pub(super) scope: NodeId,
    /// The words of its title.
    pub(super) title: Option<String>,
}

/// Finds the article of a page.
pub(super) fn find(tree: &Tree, hints: &Hints) -> Article {
    let outline = &Outline::new(tree, &|piece| hints.name(piece));
    let (scope, is_marked) = scope(outline, hints);
    let core = outline.core(scope, 60);
    let title = title(outline, scope, core, hints);
    let kept = kept(outline, core, title);
    let inherited = outline.inherited(|id| kept.contains(&id));
    let is_in = |piece: &Piece| inherited.get(piece.node.index()).is_none_or(|&part| part < Part::Around);
    let first = title.unwrap_or(0);
    let heading = title.and_then(|at| outline.pieces.get(at));
    let from = outline.pieces.iter().position(|piece| outline.lies_in(piece.node, scope)).unwrap_or(0);
    let to =
        outline.pieces.iter().rposition(|piece| outline.lies_in(piece.node, scope)).map_or(0, |at| at + 1);
    let start = title.map_or(from, |title| title.min(from));
    let prose =
        outline.pieces.iter().enumerate().skip(start).find(|(_, piece)| is_in(piece) && is_prose(piece));
    let opening = prose.map_or(start, |(at, _)| at);
    let mut chosen: Vec<(usize, &Piece)> = outline
        .pieces
        .iter()
        .enumerate()
        .take(to)
        .skip(start)
        .filter(|(_, piece)| is_in(piece))
        // Before the title, links lead elsewhere, and a heading that is in the page's title too is the site's name.
        .filter(|&(at, piece)| at >= first || !is_linked(piece) && !hints.name(piece))
        .collect();
    drop_strays(&mut chosen);
    let is_in_core = |piece: &Piece| outline.lies_in(piece.node, core);
    drop_link_lists(&mut chosen, opening, is_in_core);
    drop_cards(&mut chosen, is_in_core);
    if !is_marked {
        drop_colophon(&mut chosen);
    }
    if chosen.is_empty() {
        // All of it looks like what stands around an article: better that than nothing.
        let own = outline.inherited(|_| false);
        let is_never = |piece: &Piece| own.get(piece.node.index()).is_some_and(|&part| part == Part::Never);
        chosen = outline.pieces.iter().enumerate().filter(|(_, piece)| !is_never(piece)).collect();
        if chosen.is_empty() {
            chosen = outline.pieces.iter().enumerate().collect();
        }
    }
    let mut pieces: Vec<Piece> = Vec::with_capacity(chosen.len());
    for (_, piece) in chosen {
        let mut piece = piece.clone();
        if Some(&piece) == heading {
            piece.kind = Some(BlockKind::Heading);
        }
        // Titles and captions are drawn once for the wide and once for the narrow window.
        let again = |before: &Piece| before.kind == piece.kind && before.text == piece.text;
        let is_title = heading.is_some_and(|heading| heading.text == piece.text);
        let reach = match piece.kind {
            Some(BlockKind::Heading) if is_title => 4,
            Some(BlockKind::Heading | BlockKind::Caption) => 1,
            _ => 0,
        };
        if !pieces.iter().rev().take(reach).any(again) {
            pieces.push(piece);
        }
    }
    Article { pieces, scope, title: heading.map(|piece| piece.text.clone()) }
}

/// The element that holds the article, and whether the page marks it as such.
fn scope(outline: &Outline<'_>, hints: &Hints) -> (NodeId, bool) {
    let all = u64::from(outline.prose(outline.body));
    let holds = |id: NodeId, hundredths: u64| {
        let prose = u64::from(outline.prose(id));
        prose > 0 && prose * 100 >= all * hundredths
    };
    let raised = |id: NodeId| {
        let mut articles = outline.tree.ancestors(id).filter(|&it| outline.tree.name(it) == "article");
        articles.next().unwrap_or(id)
    };
    if let Some(body) = words_of_body(outline, &hints.body).map(raised).filter(|&id| holds(id, 25)) {
        return (body, true);
    }
    let tree = outline.tree;
    let best = |is_one: &dyn Fn(NodeId) -> bool| {
        let found = tree.descendants(outline.body).filter(|&id| is_one(id));
        found.max_by_key(|&id| (outline.prose(id), std::cmp::Reverse(id)))
    };
    let is_body = |id: NodeId| {
        tree.attribute(id, "itemprop")
            .is_some_and(|it| it.split_ascii_whitespace().any(|it| it == "articleBody"))
    };
    if let Some(body) = best(&is_body).map(raised).filter(|&id| holds(id, 25)) {
        return (body, true);
    }
    if let Some(article) = best(&|id| tree.name(id) == "article") {
        let is_other = |id: NodeId| !outline.lies_in(id, article) && !outline.lies_in(article, id);
        let second = best(&|id| tree.name(id) == "article" && is_other(id)).map_or(0, |id| outline.prose(id));
        let is_alone = outline.prose(article) / 2 >= second;
        let has_title = || {
            let inside = |piece: &&Piece| outline.lies_in(piece.node, article);
            outline.pieces.iter().filter(inside).any(|piece| hints.name(piece))
        };
        if is_alone && (holds(article, 40) || holds(article, 15) && has_title()) {
            return (article, true);
        }
    }
    let is_main = |id: NodeId| {
        tree.name(id) == "main" || tree.attribute(id, "role").is_some_and(|role| role.trim() == "main")
    };
    if let Some(main) = best(&is_main).filter(|&id| holds(id, 50)) {
        return (main, true);
    }
    (outline.core(outline.body, 90), false)
}

/// The element that holds the words that the page's data gives as the article's.
fn words_of_body(outline: &Outline<'_>, body: &str) -> Option<NodeId> {
    let letters = |words: &str| words.chars().filter(|it| it.is_alphanumeric()).take(40).collect::<String>();
    let ending =
        |words: &str| words.chars().rev().filter(|it| it.is_alphanumeric()).take(40).collect::<String>();
    let (head, tail) = (letters(body), ending(body));
    if head.chars().count() < 40 {
        return None;
    }
    let first = outline.pieces.iter().find(|piece| letters(&piece.text) == head)?;
    let last = outline.pieces.iter().rfind(|piece| ending(&piece.text) == tail)?;
    Some(outline.around(first.node, last.node))
}

/// The block that is the article's title: a heading that the page names elsewhere too, else its first heading, else a
/// line that is named so.
fn title(outline: &Outline<'_>, scope: NodeId, core: NodeId, hints: &Hints) -> Option<usize> {
    let is_prose_in = |piece: &Piece| is_prose(piece) && outline.lies_in(piece.node, scope);
    let body = outline.pieces.iter().position(is_prose_in).unwrap_or(outline.pieces.len());
    let kept = kept(outline, core, None);
    let own = outline.inherited(|id| kept.contains(&id));
    let part = |piece: &Piece| own.get(piece.node.index()).copied().unwrap_or(Part::Open);
    let before =
        || outline.pieces.iter().enumerate().take(body).filter(|(_, piece)| part(piece) < Part::Never);
    let headings: Vec<(usize, &Piece)> =
        before().filter(|(_, piece)| piece.kind == Some(BlockKind::Heading)).collect();
    // The site's own name is in a page's title too, and stands further up.
    let named = headings.iter().rfind(|(_, piece)| hints.name(piece));
    let is_first = |piece: &Piece| {
        let mut above = outline.tree.ancestors(piece.node).take(4);
        part(piece) < Part::Around && above.any(|id| outline.tree.name(id) == "h1")
    };
    let inside = headings.iter().find(|(_, piece)| is_first(piece) && outline.lies_in(piece.node, scope));
    let outside = headings.iter().rfind(|(_, piece)| is_first(piece) && !is_linked(piece));
    let line =
        || before().find(|(_, piece)| piece.kind.is_none() && !is_linked(piece) && hints.name_exactly(piece));
    named.or(inside).or(outside).map(|&(at, _)| at).or_else(|| line().map(|(at, _)| at))
}

/// The elements that are the article's whatever they say: those that hold its core or its title.
fn kept(outline: &Outline<'_>, core: NodeId, title: Option<usize>) -> std::collections::BTreeSet<NodeId> {
    let title = title.and_then(|at| outline.pieces.get(at)).map(|piece| piece.node);
    let holders = [Some(core), title].into_iter().flatten();
    holders.flat_map(|id| outline.tree.ancestors(id)).collect()
}

/// Leaves out runs of at least three links, with a heading over them: menus, share buttons, lists of other articles. In
/// the core of the article they may be its own, but for those before its `opening`, where two are enough.
fn drop_link_lists(chosen: &mut Vec<(usize, &Piece)>, opening: usize, is_in_core: impl Fn(&Piece) -> bool) {
    let is_link = |&&(at, piece): &&(usize, &Piece)| {
        is_linked(piece) && piece.kind != Some(BlockKind::Heading) && (at < opening || !is_in_core(piece))
    };
    let mut keeps = Vec::with_capacity(chosen.len());
    while let Some(rest) = chosen.get(keeps.len()..).filter(|rest| !rest.is_empty()) {
        let run = rest.get(..rest.iter().take_while(is_link).count().max(1)).unwrap_or_default();
        let links: u32 = run.iter().filter(is_link).map(|(_, piece)| piece.links).sum();
        let is_bare = run.iter().all(|&(at, piece)| at < opening && piece.linked == piece.weight);
        let is_kept = links < if is_bare { 2 } else { 3 };
        let before = keeps.len().checked_sub(1).and_then(|at| chosen.get(at));
        if !is_kept
            && before.is_some_and(|&(at, piece)| at >= opening && piece.kind == Some(BlockKind::Heading))
        {
            keeps.pop();
            keeps.push(false);
        }
        keeps.extend(std::iter::repeat_n(is_kept, run.len()));
    }
    let mut keeps = keeps.into_iter();
    chosen.retain(|_| keeps.next().unwrap_or(true));
}

/// Leaves out what stands behind the core from the first of several headings on that are links: cards of other articles.
fn drop_cards(chosen: &mut Vec<(usize, &Piece)>, is_in_core: impl Fn(&Piece) -> bool) {
    let end = chosen.iter().rposition(|(_, piece)| is_in_core(piece)).map_or(chosen.len(), |at| at + 1);
    let tail = chosen.get(end..).unwrap_or_default();
    let is_heading = |piece: &Piece| piece.kind == Some(BlockKind::Heading);
    let mut cards = tail.iter().enumerate().filter(|(_, (_, piece))| is_heading(piece) && is_linked(piece));
    if let (Some((first, _)), Some(_)) = (cards.next(), cards.next()) {
        let over = first.checked_sub(1).and_then(|at| tail.get(at));
        let is_headed = over.is_some_and(|(_, piece)| is_heading(piece));
        chosen.truncate(end + first - usize::from(is_headed));
    }
}

/// Leaves out lines that belong to no article, and lines that lead to others with the links behind them.
fn drop_strays(chosen: &mut Vec<(usize, &Piece)>) {
    let mut keeps = Vec::with_capacity(chosen.len());
    let mut in_list = false;
    for (at, (_, piece)) in chosen.iter().enumerate() {
        if in_list && is_linked(piece) {
            keeps.push(false);
            continue;
        }
        let next = chosen.get(at + 1).map(|(_, next)| *next);
        let label = piece.text.split_once(':').map_or("", |(label, _)| label);
        let is_lead = parts::leads_to_others(&piece.text);
        in_list = is_lead && next.is_some_and(is_linked);
        let is_led_link = parts::leads_to_others(label) && piece.links > 0 && is_rest_linked(piece, label);
        let is_lone_link = is_lead && is_linked(piece);
        keeps.push(!in_list && !is_led_link && !is_lone_link && !parts::is_stray_line(&piece.text));
    }
    let mut keeps = keeps.into_iter();
    chosen.retain(|_| keeps.next().unwrap_or(true));
}

/// Whether all that stands behind a label is links.
fn is_rest_linked(piece: &Piece, label: &str) -> bool {
    piece.linked + super::line::weight(label) >= piece.weight
}

/// Leaves out the last lines of a page that say whose it is.
fn drop_colophon(chosen: &mut Vec<(usize, &Piece)>) {
    let is_colophon = |piece: &Piece| {
        let words = piece.text.to_lowercase();
        words.len() <= 300
            && ["©", "(c) ", "copyright", "all rights reserved"].iter().any(|sign| words.contains(sign))
    };
    while let Some((_, last)) = chosen.last()
        && chosen.len() > 1
        && (is_colophon(last) || is_linked(last) && last.links > 1)
    {
        chosen.pop();
    }
}
