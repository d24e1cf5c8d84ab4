//! The words of an OpenDocument text.

use super::super::super::OpenError;
use super::super::office::flow::{self, Block};
use super::super::office::xml::{Element, Node, Xml};
use super::super::office::{Met, Properties, by_media_type};
use super::styles::{Style, Styles};
use crate::text::BlockKind;

/// The most spaces that one element may stand for.
const MAX_SPACES: usize = 100;

/// What was read of a document, part after part.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) styles: Styles,
    pub(super) properties: Properties,
    pub(super) met: Met,
    /// The blocks of notes, in order of the text; endnotes behind footnotes.
    pub(super) footnotes: Vec<Block>,
    pub(super) endnotes: Vec<Block>,
    /// The innermost last.
    flows: Vec<Flow>,
    rows: Vec<Vec<Vec<Block>>>,
    style: Option<Style>,
    /// Bytes of words that were read.
    said: usize,
}

/// What an element that lies open is, and so what its end does.
enum Frame {
    /// Nothing of it is read.
    Skip,
    /// Passed over already, with its end.
    Passed,
    /// Read for what is in it.
    Plain,
    Meta,
    Style,
    Changes,
    Paragraph,
    Item,
    Row,
    Cell,
    Box,
    Note {
        is_end: bool,
    },
}

/// A sequence of paragraphs: a body, a cell, a text box, a note.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Block>,
    paragraph: Option<Paragraph>,
    /// Items of lists that lie open.
    items: usize,
}

#[derive(Debug)]
struct Paragraph {
    kind: Option<BlockKind>,
    words: String,
    /// Whether white space here adds nothing: at the beginning, and behind other white space.
    at_space: bool,
    is_hidden: bool,
    /// Blocks of text boxes that hang on it.
    boxed: Vec<Block>,
}

impl Reader {
    /// Reads one part; gives the blocks of its text, if it has one.
    ///
    /// # Errors
    /// [`OpenError`] when it is damaged, or another kind of document.
    pub(super) fn read(&mut self, mut xml: Xml<'_>) -> Result<Vec<Block>, OpenError> {
        self.flows = vec![Flow::default()];
        self.rows.clear();
        let mut frames = Vec::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => match self.open(&mut xml, &element, frames.last())? {
                    Frame::Skip => xml.skip()?,
                    Frame::Passed => {}
                    frame => frames.push(frame),
                },
                Node::Close => {
                    if let Some(frame) = frames.pop() {
                        self.close(frame);
                    }
                }
                Node::Text(words) => self.say(&words)?,
            }
        }
        Ok(self.end_flow())
    }

    fn open(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        around: Option<&Frame>,
    ) -> Result<Frame, OpenError> {
        match around {
            Some(Frame::Meta) => {
                let is_property = self.properties.take(xml, element)?;
                return Ok(if is_property { Frame::Passed } else { Frame::Plain });
            }
            Some(Frame::Style) => {
                if let Some(style) = &mut self.style {
                    style.take(xml, element);
                }
                return Ok(Frame::Skip);
            }
            Some(Frame::Changes) => {
                self.met.changes += usize::from(element.key() == ("text", "changed-region"));
                return Ok(Frame::Skip);
            }
            _ => {}
        }
        let (space, name) = element.key();
        let attribute = |name: &str| xml.attribute(element, space, name);
        let says = |name: &str, value: &str| attribute(name).is_some_and(|it| it == value);
        Ok(match (space, name) {
            ("office", "document" | "document-content") => {
                if let Some(kind) = attribute("mimetype") {
                    by_media_type(&kind)?;
                }
                Frame::Plain
            }
            ("office", "meta") => Frame::Meta,
            ("office", "annotation") => {
                self.met.comments += 1;
                Frame::Skip
            }
            // Headers and footers, macros, forms, pictures as bytes.
            (
                "office",
                "master-styles" | "scripts" | "settings" | "font-face-decls" | "forms" | "binary-data"
                | "annotation-end" | "event-listeners",
            ) => Frame::Skip,
            ("style", "style") => {
                self.style = Some(Style::of(xml, element));
                Frame::Style
            }
            ("draw", _) => self.begin_flow(Frame::Box),
            ("table", "table-row") => {
                self.rows.push(Vec::new());
                Frame::Row
            }
            ("table", "table-cell") => self.begin_flow(Frame::Cell),
            ("table", "covered-table-cell") => Frame::Skip,
            ("text", "p" | "h") => {
                let style = attribute("style-name").unwrap_or_default();
                self.begin_paragraph(&style, name == "h");
                Frame::Paragraph
            }
            ("text", "span") => {
                let is_hidden = attribute("style-name").is_some_and(|style| self.styles.is_hidden(&style));
                self.hide_if(is_hidden)
            }
            ("text", "section") => self.hide_if(says("display", "none") || says("is-hidden", "true")),
            ("text", "hidden-text") => self.hide_if(says("is-hidden", "true")),
            ("text", "hidden-paragraph") => {
                let is_hidden = says("is-hidden", "true");
                self.with_paragraph(|paragraph| paragraph.is_hidden |= is_hidden);
                Frame::Plain
            }
            ("text", "list-item" | "numbered-paragraph") => {
                self.with_flow(|flow| flow.items += 1);
                Frame::Item
            }
            ("text", "s") => {
                let count = attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.sign(" ", count)?
            }
            ("text", "tab") => self.sign("\t", 1)?,
            ("text", "line-break") => self.sign("\n", 1)?,
            ("text", "note") => {
                let is_end = says("note-class", "endnote");
                self.met.notes += 1;
                self.begin_flow(Frame::Note { is_end })
            }
            ("text", "tracked-changes") => Frame::Changes,
            // Marks of notes, readings over characters, what indexes are made from.
            ("text", "note-citation" | "ruby-text" | "script") => Frame::Skip,
            ("text", name) if name.ends_with("-source") => Frame::Skip,
            _ => Frame::Plain,
        })
    }

    fn close(&mut self, frame: Frame) {
        match frame {
            Frame::Style => {
                if let Some(style) = self.style.take() {
                    self.styles.insert(style);
                }
            }
            Frame::Paragraph => self.end_paragraph(),
            Frame::Item => self.with_flow(|flow| flow.items = flow.items.saturating_sub(1)),
            Frame::Cell => {
                let blocks = self.end_flow();
                match self.rows.last_mut() {
                    Some(row) => row.push(blocks),
                    None => self.with_flow(|flow| flow.blocks.extend(blocks)),
                }
            }
            Frame::Row => {
                let blocks = flow::row(self.rows.pop().unwrap_or_default());
                self.with_flow(|flow| flow.blocks.extend(blocks));
            }
            Frame::Box => {
                let blocks = self.end_flow();
                self.with_flow(|flow| match &mut flow.paragraph {
                    Some(paragraph) => paragraph.boxed.extend(blocks),
                    None => flow.blocks.extend(blocks),
                });
            }
            Frame::Note { is_end } => {
                let blocks = self.end_flow();
                let notes = if is_end { &mut self.endnotes } else { &mut self.footnotes };
                notes.extend(blocks);
            }
            Frame::Skip | Frame::Passed | Frame::Plain | Frame::Meta | Frame::Changes => {}
        }
    }

    fn begin_flow(&mut self, frame: Frame) -> Frame {
        self.flows.push(Flow::default());
        frame
    }

    fn begin_paragraph(&mut self, style: &str, is_heading: bool) {
        self.end_paragraph();
        let (kind, is_hidden) = self.styles.of_paragraph(style);
        self.with_flow(|flow| {
            let by_list = (flow.items > 0).then_some(BlockKind::ListItem);
            let kind = if is_heading { Some(BlockKind::Heading) } else { kind.or(by_list) };
            let (words, boxed) = (String::new(), Vec::new());
            flow.paragraph = Some(Paragraph { kind, words, at_space: true, is_hidden, boxed });
        });
    }

    fn hide_if(&mut self, is_hidden: bool) -> Frame {
        self.met.hidden += usize::from(is_hidden);
        if is_hidden { Frame::Skip } else { Frame::Plain }
    }

    /// Adds characters; white space counts once, as the standard says (ODF 1.3, 6.1.2).
    fn say(&mut self, words: &str) -> Result<(), OpenError> {
        let Some(paragraph) = self.flows.last_mut().and_then(|flow| flow.paragraph.as_mut()) else {
            return Ok(());
        };
        self.said += words.len();
        flow::bounded(self.said)?;
        for character in words.chars() {
            let is_space = matches!(character, ' ' | '\t' | '\n' | '\r');
            match (is_space, paragraph.at_space) {
                (true, true) => {}
                (true, false) => paragraph.words.push(' '),
                (false, _) => paragraph.words.push(character),
            }
            paragraph.at_space = is_space;
        }
        Ok(())
    }

    /// Adds white space that counts.
    fn sign(&mut self, sign: &str, count: usize) -> Result<Frame, OpenError> {
        let count = count.min(MAX_SPACES);
        self.said += count;
        flow::bounded(self.said)?;
        self.with_paragraph(|paragraph| {
            paragraph.words.push_str(&sign.repeat(count));
            paragraph.at_space = false;
        });
        Ok(Frame::Skip)
    }

    fn with_flow(&mut self, change: impl FnOnce(&mut Flow)) {
        if let Some(flow) = self.flows.last_mut() {
            change(flow);
        }
    }

    fn with_paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.flows.last_mut().and_then(|flow| flow.paragraph.as_mut()) {
            change(paragraph);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(flow) = self.flows.last_mut() else { return };
        let Some(paragraph) = flow.paragraph.take() else { return };
        if !paragraph.is_hidden {
            flow.blocks.push(Block::new(paragraph.kind, paragraph.words));
        } else if !paragraph.words.trim().is_empty() {
            self.met.hidden += 1;
        }
        flow.blocks.extend(paragraph.boxed);
    }

    fn end_flow(&mut self) -> Vec<Block> {
        self.end_paragraph();
        self.flows.pop().map(|flow| flow.blocks).unwrap_or_default()
    }
}
