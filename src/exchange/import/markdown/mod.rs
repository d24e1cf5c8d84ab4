//! Markdown: the words as a reader of the rendered page sees them, without marks and without addresses of links.
//!
//! CommonMark with GitHub's tables, task lists, footnotes and struck-out words. A line end inside a paragraph is a
//! space, as on the page; a hard one stays. Tags of HTML are dropped and their words kept. Front matter gives
//! title, date, author, source and language.

mod front_matter;
mod tags;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::{Imported, OpenError};
use super::builder::Builder;
use super::office::flow::{self, Block};
use super::old_text;
use crate::text::BlockKind;

/// Which importer made the text, and its version.
const IMPORTER: &str = "markdown 1";

/// Reads a Markdown file.
///
/// # Errors
/// [`OpenError`] when there are no words, too many, or the bytes are not a text.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Imported, OpenError> {
    let (text, warnings) = old_text::any(bytes)?;
    let (meta, body) = front_matter::read(&text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM;
    let mut reader = Reader::default();
    for event in Parser::new_ext(body, options) {
        reader.take(event);
    }
    reader.end_block(None);
    let mut builder = Builder::default();
    builder.warnings(warnings);
    flow::build(&mut builder, &reader.blocks, reader.notes.iter())?;
    if !reader.notes.is_empty() {
        builder.warn("notes", "footnotes put at the end of the text");
    }
    builder.finish(name, bytes, IMPORTER, meta)
}

/// What lies around words and says what they are.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Around {
    Quote,
    Item,
    Note,
    /// A box that sets a remark apart, as GitHub has them.
    Remark,
}

#[derive(Debug, Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Those of footnotes.
    notes: Vec<Block>,
    around: Vec<Around>,
    /// Notes among them.
    open_notes: usize,
    /// Of the block that lies open.
    words: String,
    /// A line ended inside a paragraph, and its end is not written yet.
    has_soft_break: bool,
    /// Pictures that lie open, one inside the description of another.
    pictures: usize,
    has_picture: bool,
    has_other_words: bool,
    /// HTML of the block that lies open.
    html: String,
    /// Whether words are those of a script or a style sheet.
    in_script: bool,
    cells: Vec<Vec<Block>>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.say(&words),
            Event::InlineMath(words) | Event::DisplayMath(words) => self.say(&words),
            Event::SoftBreak => self.has_soft_break = true,
            Event::HardBreak => self.break_line(),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(tag) => match tags::name(&tag) {
                Some("br") => self.break_line(),
                Some("script" | "style") => self.in_script = !tag.starts_with("</"),
                _ => {}
            },
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Rule => self.end_block(None),
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => return,
            Tag::Image { .. } => {
                self.pictures += 1;
                self.has_picture = true;
                return;
            }
            // All others are blocks. In a tight list an item's words end where the next block begins.
            _ => self.end_block(None),
        }
        match tag {
            Tag::BlockQuote(None) => self.around.push(Around::Quote),
            Tag::BlockQuote(Some(_)) => self.around.push(Around::Remark),
            Tag::Item => self.around.push(Around::Item),
            Tag::FootnoteDefinition(_) => {
                self.around.push(Around::Note);
                self.open_notes += 1;
            }
            Tag::TableHead | Tag::TableRow => self.cells.clear(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            // What a picture shows, where nothing else stands in the paragraph.
            TagEnd::Paragraph if self.has_picture && !self.has_other_words => {
                self.end_block(Some(BlockKind::Caption));
            }
            TagEnd::Paragraph => self.end_block(None),
            TagEnd::Heading(_) => self.end_block(Some(BlockKind::Heading)),
            TagEnd::CodeBlock => self.end_block(Some(BlockKind::Paragraph)),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                for line in tags::strip(&html).split('\n') {
                    self.words.push_str(line);
                    self.end_block(None);
                }
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.end_block(None);
                self.around.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.end_block(None);
                self.around.pop();
                self.open_notes = self.open_notes.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let words = std::mem::take(&mut self.words);
                self.cells.push(vec![Block::new(None, words)]);
                self.clear();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                flow::row(cells).into_iter().for_each(|block| self.push(block));
            }
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        if self.in_script || words.is_empty() {
            return;
        }
        if std::mem::take(&mut self.has_soft_break) {
            let joint = (self.words.chars().next_back(), words.chars().next());
            let is_tight =
                matches!(joint, (Some(before), Some(after)) if is_dense(before) && is_dense(after));
            if !is_tight {
                self.words.push(' ');
            }
        }
        self.has_other_words |= self.pictures == 0 && !words.trim().is_empty();
        self.words.push_str(words);
    }

    fn break_line(&mut self) {
        self.has_soft_break = false;
        self.words.push('\n');
    }

    /// Ends the block that lies open, if any. Without a kind of its own it is what lies around it.
    fn end_block(&mut self, kind: Option<BlockKind>) {
        let words = std::mem::take(&mut self.words);
        self.clear();
        if words.trim().is_empty() {
            return;
        }
        let by_place = || match self.around.iter().rev().find(|it| **it != Around::Note) {
            Some(Around::Quote) => Some(BlockKind::Quotation),
            Some(Around::Item) => Some(BlockKind::ListItem),
            _ => None,
        };
        let kind = kind.or_else(by_place);
        self.push(Block::new(kind, words));
    }

    fn clear(&mut self) {
        self.has_soft_break = false;
        self.has_picture = false;
        self.has_other_words = false;
        self.in_script = false;
    }

    fn push(&mut self, block: Block) {
        let place = if self.open_notes > 0 { &mut self.notes } else { &mut self.blocks };
        place.push(block);
    }
}

/// Whether a character belongs to a script that is written without spaces between words, or is its punctuation.
fn is_dense(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}
