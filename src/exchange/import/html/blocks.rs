//! The words of a page as blocks, as a browser draws them.

use super::line::{Line, weight};
use super::parts::{Part, declares};
use super::tables;
use super::tree::{Data, NodeId, Step, Tree};
use crate::text::BlockKind;

/// Words that stand apart from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What the markup says they are.
    pub(super) kind: Option<BlockKind>,
    /// The words; lines in them end with LF.
    pub(super) text: String,
    /// The innermost element that sets them apart.
    pub(super) node: NodeId,
    /// Their letters; a sign of Chinese, Japanese or Korean counts three times.
    pub(super) weight: u32,
    /// Of these, letters in links.
    pub(super) linked: u32,
    /// Links in them.
    pub(super) links: u32,
}

/// The blocks of `root` in order. `parts` says of each node what it is; what is not drawn, hidden, or a button on a
/// page, is passed over.
pub(super) fn pieces(tree: &Tree, root: NodeId, parts: &[Part], keeps_buttons: bool) -> Vec<Piece> {
    let mut collector = Collector {
        tree,
        pieces: Vec::new(),
        frames: Vec::new(),
        line: Line::default(),
        cells: 0,
        open_links: 0,
        open_quotes: 0,
    };
    let mut walk = tree.walk(root);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => {
                let part = parts.get(id.index()).copied().unwrap_or(Part::Open);
                let is_left_out = part >= Part::Hidden || !keeps_buttons && tree.name(id) == "button";
                if is_left_out && id != root {
                    collector.leave_out(id);
                    walk.pass_over(id);
                } else if !collector.enter(id, part) {
                    walk.pass_over(id);
                }
            }
            Step::Leave(id) => collector.leave(id),
        }
    }
    collector.end_block();
    collector.pieces
}

/// Whether an element stands in lines of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// What an open element changes for the words in it.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// The element.
    owner: NodeId,
    /// The innermost element that stands in lines of its own.
    block: NodeId,
    kind: Option<BlockKind>,
    /// Whether white space is drawn as it stands.
    is_pre: bool,
    /// Whether the table around it holds data.
    has_rows: bool,
    /// Whether it lies in a row of data, which is one block.
    in_row: bool,
}

struct Collector<'a> {
    tree: &'a Tree,
    pieces: Vec<Piece>,
    frames: Vec<Frame>,
    line: Line,
    /// Cells of the row so far.
    cells: usize,
    open_links: u32,
    open_quotes: u32,
}

impl Collector<'_> {
    /// Goes into a node; whether its children are to follow.
    fn enter(&mut self, id: NodeId, part: Part) -> bool {
        let tree = self.tree;
        let name = match tree.data(id) {
            Data::Element(name, _) => &**name,
            Data::Text(words) => {
                self.words(words);
                return true;
            }
            Data::FragmentStart => {
                // What was copied begins here; what stood before only holds it.
                self.end_block();
                self.pieces.clear();
                return true;
            }
            Data::FragmentEnd => {
                self.end_block();
                return true;
            }
            Data::Document => return true,
        };
        match name {
            "br" => self.line_end(),
            "img" => self.picture(id),
            "q" => {
                self.words(if self.open_quotes.is_multiple_of(2) { "“" } else { "‘" });
                self.open_quotes += 1;
            }
            "a" if tree.attribute(id, "href").is_some() => {
                self.open_links += 1;
                self.line.link_boundary();
            }
            "span" if !self.span(id) => return false,
            "time" => self.line.part(),
            _ => {}
        }
        let is_pre = is_pre(tree, id, name);
        if is_block(name) || part != Part::Open {
            self.enter_block(id, name, is_pre);
        } else if is_pre {
            self.frames.push(Frame { owner: id, is_pre, ..self.frame(id) });
        }
        true
    }

    fn enter_block(&mut self, id: NodeId, name: &str, is_pre: bool) {
        let outer = self.frame(id);
        let mut frame = Frame { owner: id, block: id, is_pre: is_pre || outer.is_pre, ..outer };
        if outer.in_row {
            match name {
                "td" | "th" => {
                    if self.cells > 0 {
                        self.line.tab();
                    }
                    self.cells += 1;
                }
                _ => self.line.space(),
            }
        } else {
            self.end_block();
            match name {
                "table" => frame.has_rows = tables::holds_data(self.tree, id),
                "tr" if outer.has_rows => {
                    self.cells = 0;
                    (frame.in_row, frame.kind) = (true, None);
                }
                "td" | "th" => frame.has_rows = false,
                _ => {}
            }
            if !frame.in_row {
                frame.kind = kind(self.tree, id, name).or(outer.kind);
            }
        }
        self.frames.push(frame);
    }

    fn leave(&mut self, id: NodeId) {
        match self.tree.name(id) {
            "q" => {
                self.open_quotes = self.open_quotes.saturating_sub(1);
                self.words(if self.open_quotes.is_multiple_of(2) { "”" } else { "’" });
            }
            "a" if self.tree.attribute(id, "href").is_some() => {
                self.open_links = self.open_links.saturating_sub(1);
                self.line.link_boundary();
            }
            "time" => self.line.part(),
            _ => {}
        }
        let Some(&frame) = self.frames.last().filter(|frame| frame.owner == id) else { return };
        if frame.block == id {
            let in_row = self.frames.iter().rev().nth(1).is_some_and(|outer| outer.in_row);
            if in_row {
                self.line.space();
            } else {
                self.end_block();
            }
        }
        self.frames.pop();
    }

    /// Passes over an element, which parts what stands before it from what follows when it stands in lines of its own.
    fn leave_out(&mut self, id: NodeId) {
        if is_block(self.tree.name(id)) && !self.frame(id).in_row {
            self.end_block();
        }
    }

    fn frame(&self, id: NodeId) -> Frame {
        let outermost =
            Frame { owner: id, block: id, kind: None, is_pre: false, has_rows: false, in_row: false };
        self.frames.last().copied().unwrap_or(outermost)
    }

    fn words(&mut self, words: &str) {
        let is_pre = self.frames.last().is_some_and(|frame| frame.is_pre && !frame.in_row);
        self.line.push(words, is_pre, self.open_links > 0);
    }

    fn line_end(&mut self) {
        let frame = self.frames.last().copied();
        if frame.is_some_and(|frame| frame.in_row) {
            self.line.space();
        } else if self.line.line_end() {
            // Two line ends part paragraphs; a title stays one block.
            let kind = frame.and_then(|frame| frame.kind);
            if !matches!(kind, Some(BlockKind::Heading | BlockKind::Caption)) {
                self.end_block();
            }
        }
    }

    /// A face or flag that is drawn as a picture is still a sign of the text.
    fn picture(&mut self, id: NodeId) {
        let is_sign = self
            .tree
            .attribute(id, "class")
            .is_some_and(|class| class.to_ascii_lowercase().contains("emoji"));
        if let Some(sign) = self.tree.attribute(id, "alt").filter(|alt| is_sign && alt.len() <= 40) {
            self.words(sign);
        }
    }

    /// Spans with which editors draw what they need; whether their children are to follow.
    fn span(&mut self, id: NodeId) -> bool {
        if self.tree.attribute(id, "class") == Some("Apple-converted-space") {
            self.line.space();
            return false;
        }
        let style = self.tree.attribute(id, "style");
        if !style.is_some_and(|style| declares(style, "mso-list", "ignore")) {
            return true;
        }
        // Word's mark of a list item. A number says something; a bullet is a letter of a font of signs.
        let mark = self.tree.text(id);
        let mark = mark.trim();
        if mark.len() <= 20
            && mark.chars().filter(|it| it.is_alphanumeric()).count() > 0
            && mark.chars().count() > 1
        {
            self.words(mark);
            self.line.space();
        }
        false
    }

    fn end_block(&mut self) {
        let Some(line) = self.line.take() else { return };
        let frame = self.frames.last().copied();
        let text = line.text().to_owned();
        self.pieces.push(Piece {
            kind: frame.and_then(|frame| frame.kind),
            node: frame.map_or(NodeId::DOCUMENT, |frame| frame.block),
            weight: weight(&text),
            linked: line.linked,
            links: line.links,
            text,
        });
    }
}

/// Whether white space in an element is drawn as it stands.
fn is_pre(tree: &Tree, id: NodeId, name: &str) -> bool {
    matches!(name, "pre" | "listing" | "xmp" | "plaintext")
        || tree.attribute(id, "style").is_some_and(|style| {
            ["pre", "pre-wrap", "break-spaces"].iter().any(|value| declares(style, "white-space", value))
        })
}

/// What an element says its words are; `None` when it only sets them apart.
fn kind(tree: &Tree, id: NodeId, name: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return Some(BlockKind::Heading),
        "li" | "dt" | "dd" => return Some(BlockKind::ListItem),
        "figcaption" | "caption" => return Some(BlockKind::Caption),
        "blockquote" => return Some(BlockKind::Quotation),
        _ => {}
    }
    if tree.attribute(id, "role").is_some_and(|role| role.trim() == "heading") {
        return Some(BlockKind::Heading);
    }
    tree.attribute(id, "class")?
        .split_ascii_whitespace()
        .take(40)
        .find_map(|class| kind_of_class(tree, id, class))
}

fn kind_of_class(tree: &Tree, id: NodeId, class: &str) -> Option<BlockKind> {
    // Word and Outlook.
    if let Some(style) = class.strip_prefix("Mso") {
        return match style {
            "Title" | "Subtitle" => Some(BlockKind::Heading),
            "Caption" => Some(BlockKind::Caption),
            "Quote" | "IntenseQuote" => Some(BlockKind::Quotation),
            _ if style.starts_with("Heading") => Some(BlockKind::Heading),
            _ if style.starts_with("ListParagraph") || style.starts_with("ListBullet") => {
                Some(BlockKind::ListItem)
            }
            _ => None,
        };
    }
    let mut words = class.split(['-', '_']).map(str::to_ascii_lowercase);
    let is_caption = words.any(|word| word == "caption" || word == "figcaption");
    // What is long is the article, whatever its name.
    let is_short = || {
        let mut below = tree.descendants(id);
        let letters = below.by_ref().take(200).fold(0_u32, |sum, it| match tree.data(it) {
            Data::Text(words) => sum.saturating_add(weight(words)),
            _ => sum,
        });
        letters <= 400 && below.next().is_none()
    };
    (is_caption && is_short()).then_some(BlockKind::Caption)
}
