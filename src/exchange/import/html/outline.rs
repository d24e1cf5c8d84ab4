//! What is known of a page's elements before its article is looked for: which part each is, how it lies in the others,
//! and how much prose it holds.

use super::blocks::{self, Piece};
use super::parts::{self, Part};
use super::tree::{NodeId, Step, Tree};
use crate::text::BlockKind;

/// A page's elements and blocks.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    pub(super) tree: &'a Tree,
    pub(super) body: NodeId,
    /// Its blocks, those around the article too; without what is hidden or not drawn.
    pub(super) pieces: Vec<Piece>,
    /// What each node is on its own.
    parts: Vec<Part>,
    /// Where a walk enters and leaves each node.
    spans: Vec<(u32, u32)>,
    /// Of each node, whether a heading lies in it that may be the article's title.
    titled: Vec<bool>,
    /// Prose in each node, by weight, without what stands around the article.
    prose: Vec<u32>,
}

impl<'a> Outline<'a> {
    /// `is_title` says of a heading whether the page calls the article so elsewhere.
    pub(super) fn new(tree: &'a Tree, is_title: &dyn Fn(&Piece) -> bool) -> Self {
        let body = tree.descendants(NodeId::DOCUMENT).find(|&id| tree.name(id) == "body");
        let body = body.unwrap_or(NodeId::DOCUMENT);
        let parts = own_parts(tree, body);
        let pieces = blocks::pieces(tree, body, &parts, false);
        let spans = spans(tree, body);
        let mut outline = Self { tree, body, pieces, spans, titled: Vec::new(), prose: Vec::new(), parts };
        outline.titled = outline.titled(is_title);
        outline.measure();
        // Something lies over the page, or the article is hidden until a script shows it: then hidden words count.
        if outline.prose(body) < LITTLE && outline.parts.contains(&Part::Hidden) {
            let all = outline.with_hidden(&|_| true, is_title);
            if outline.pieces.is_empty() {
                outline = all;
            } else if all.prose(body) / 4 > outline.prose(body) {
                outline = outline.with_hidden(&|id| all.prose(id) >= all.prose(body) / 2, is_title);
            }
        }
        // The article itself lies in what has the name of a part around it.
        let (wide, _) = outline.prose_without(Part::Never);
        let all = wide.get(body.index()).copied().unwrap_or(0);
        if outline.prose(body) < LITTLE && all / 4 > outline.prose(body) {
            outline.prose = wide;
        }
        outline
    }

    /// The same, with what is hidden drawn where it is `shown`.
    fn with_hidden(&self, shown: &dyn Fn(NodeId) -> bool, is_title: &dyn Fn(&Piece) -> bool) -> Self {
        let mut parts = self.parts.clone();
        for id in self.tree.descendants(self.body) {
            if let Some(part) = parts.get_mut(id.index()).filter(|part| **part == Part::Hidden && shown(id)) {
                *part = Part::Open;
            }
        }
        let pieces = blocks::pieces(self.tree, self.body, &parts, false);
        let mut all =
            Self { pieces, parts, prose: Vec::new(), spans: self.spans.clone(), titled: Vec::new(), ..*self };
        all.titled = all.titled(is_title);
        all.measure();
        all
    }

    /// Decides by the words in them what are parts around the article, and measures the prose of all. What may be one and
    /// holds much prose is none; nor is what holds the article's title with prose, whatever its name.
    fn measure(&mut self) {
        let (prose, blocks) = self.prose_without(Part::Never);
        for (at, part) in self.parts.iter_mut().enumerate() {
            let of = |all: &[u32]| all.get(at).copied().unwrap_or(0);
            let is_article =
                self.titled.get(at) == Some(&true) && of(&blocks) >= 2 && of(&prose) >= LITTLE / 2;
            match part {
                Part::Maybe if is_article || of(&prose) >= MUCH && of(&blocks) >= 3 => *part = Part::Open,
                Part::Maybe => *part = Part::Around,
                Part::Around if is_article => *part = Part::Open,
                _ => {}
            }
        }
        (self.prose, _) = self.prose_without(Part::Around);
    }

    /// Of each node, whether a heading lies in it that may be the article's title: one that the page names elsewhere, or an
    /// `<h1>` that is no link to the site's first page.
    fn titled(&self, is_title: &dyn Fn(&Piece) -> bool) -> Vec<bool> {
        let mut titled = vec![false; self.tree.len()];
        let is_first = |piece: &Piece| self.tree.name(piece.node) == "h1" && !is_linked(piece);
        for piece in self.pieces.iter().filter(|piece| is_first(piece) || is_title(piece)) {
            for id in self.tree.ancestors(piece.node) {
                match titled.get_mut(id.index()) {
                    Some(it) if !*it => *it = true,
                    _ => break,
                }
            }
        }
        titled
    }

    /// Prose in a node, by weight.
    pub(super) fn prose(&self, id: NodeId) -> u32 {
        self.prose.get(id.index()).copied().unwrap_or(0)
    }

    /// What a node is on its own.
    pub(super) fn part(&self, id: NodeId) -> Part {
        self.parts.get(id.index()).copied().unwrap_or(Part::Open)
    }

    /// Whether a node lies in another, or is it.
    pub(super) fn lies_in(&self, id: NodeId, outer: NodeId) -> bool {
        let span = |id: NodeId| self.spans.get(id.index()).copied().unwrap_or((0, 0));
        let (start, end) = span(outer);
        (start..end).contains(&span(id).0)
    }

    /// What each node is in its place: the strongest of itself and all that it lies in. Nodes that are `kept` are open,
    /// whatever they say.
    pub(super) fn inherited(&self, kept: impl Fn(NodeId) -> bool) -> Vec<Part> {
        let mut all = vec![Part::Open; self.tree.len()];
        for id in self.tree.descendants(self.body) {
            let outer = self.tree.parent(id).and_then(|parent| all.get(parent.index())).copied();
            let own = if kept(id) { Part::Open } else { self.part(id) };
            if let Some(part) = all.get_mut(id.index()) {
                *part = own.max(outer.unwrap_or(Part::Open));
            }
        }
        all
    }

    /// The smallest node that holds two.
    pub(super) fn around(&self, left: NodeId, right: NodeId) -> NodeId {
        let mut ancestors = self.tree.ancestors(left);
        ancestors.find(|&it| self.lies_in(right, it)).unwrap_or(self.body)
    }

    /// The smallest node in `outer` that holds so many hundredths of its prose.
    pub(super) fn core(&self, outer: NodeId, hundredths: u64) -> NodeId {
        let mut core = outer;
        loop {
            let least = u64::from(self.prose(core)) * hundredths;
            let mut children = self.tree.children(core);
            let child = children.find(|&child| {
                let prose = u64::from(self.prose(child)) * 100;
                prose > 0 && prose >= least
            });
            match child {
                Some(child) => core = child,
                None => return core,
            }
        }
    }

    /// Prose in each node by weight and by blocks, without what lies in a part of `least` or stronger.
    fn prose_without(&self, least: Part) -> (Vec<u32>, Vec<u32>) {
        let inherited = self.inherited(|_| false);
        let mut prose = vec![0_u32; self.tree.len()];
        let mut blocks = vec![0_u32; self.tree.len()];
        let add = |prose: &mut [u32], blocks: &mut [u32], id: NodeId, weight: u32, count: u32| {
            for (all, more) in [(prose, weight), (blocks, count)] {
                if let Some(sum) = all.get_mut(id.index()) {
                    *sum = sum.saturating_add(more);
                }
            }
        };
        for piece in self.pieces.iter().filter(|piece| is_prose(piece)) {
            if inherited.get(piece.node.index()).is_none_or(|&part| part < least) {
                add(&mut prose, &mut blocks, piece.node, piece.weight, 1);
            }
        }
        for step in self.tree.walk(self.body) {
            let Step::Leave(id) = step else { continue };
            let Some(parent) = self.tree.parent(id).filter(|_| id != self.body) else { continue };
            let own = |all: &[u32]| all.get(id.index()).copied().unwrap_or(0);
            let (weight, count) = (own(&prose), own(&blocks));
            add(&mut prose, &mut blocks, parent, weight, count);
        }
        (prose, blocks)
    }
}

/// A page with less prose holds hardly an article.
const LITTLE: u32 = 250;

/// A part with so much prose is more than a request or a notice.
const MUCH: u32 = 400;

/// Whether a block is running text: whole sentences, and not for the most part links.
pub(super) fn is_prose(piece: &Piece) -> bool {
    if piece.kind == Some(BlockKind::Heading) || piece.linked * 2 > piece.weight {
        return false;
    }
    let words = piece.text.trim_end_matches(['"', '”', '’', '»', ')', '」', ' ']);
    let ends =
        words.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '។', '։', '።', ':', ';']);
    piece.weight >= if ends { 25 } else { 100 }
}

/// Whether a block is for the most part links.
pub(super) fn is_linked(piece: &Piece) -> bool {
    piece.links > 0 && piece.linked * 10 >= piece.weight * 6
}

fn own_parts(tree: &Tree, body: NodeId) -> Vec<Part> {
    let mut all = vec![Part::Open; tree.len()];
    // Articles and the like that the walk is in: a header in one is the article's own.
    let mut inside = 0_u32;
    let sections = |id: NodeId| matches!(tree.name(id), "article" | "main" | "section" | "blockquote");
    for step in tree.walk(body) {
        match step {
            Step::Enter(id) => {
                let mut part = if id == body { Part::Open } else { parts::part(tree, id) };
                if inside == 0 && part == Part::Open && matches!(tree.name(id), "header" | "footer") {
                    part = Part::Around;
                }
                if let Some(own) = all.get_mut(id.index()) {
                    *own = part;
                }
                inside += u32::from(sections(id));
            }
            Step::Leave(id) => inside -= u32::from(sections(id)),
        }
    }
    all
}

fn spans(tree: &Tree, body: NodeId) -> Vec<(u32, u32)> {
    let mut spans = vec![(0, 0); tree.len()];
    let mut at = 0;
    for step in tree.walk(body) {
        match step {
            Step::Enter(id) => {
                at += 1;
                if let Some(span) = spans.get_mut(id.index()) {
                    span.0 = at;
                }
            }
            Step::Leave(id) => {
                if let Some(span) = spans.get_mut(id.index()) {
                    span.1 = at + 1;
                }
            }
        }
    }
    spans
}
