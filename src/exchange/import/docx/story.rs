//! The words of one part of a Word document: its body, its footnotes or its endnotes.

use std::collections::{HashMap, VecDeque};

use super::super::super::OpenError;
use super::super::office::Met;
use super::super::office::flow::{self, Block};
use super::super::office::xml::{Element, Node, Xml};
use super::styles::{Says, Styles};
use super::symbols;

/// A footnote or endnote: whether it is an endnote, and its number in the file.
pub(super) type NoteId = (bool, String);

/// What one part holds.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The body's blocks.
    pub(super) blocks: Vec<Block>,
    /// The notes that the part refers to, in order.
    pub(super) references: VecDeque<NoteId>,
    /// The notes that the part holds.
    pub(super) notes: HashMap<NoteId, Vec<Block>>,
}

/// Reads one part.
///
/// # Errors
/// [`OpenError`] when it is damaged.
pub(super) fn read(mut xml: Xml<'_>, styles: &Styles, met: &mut Met) -> Result<Story, OpenError> {
    let mut reader = Reader {
        styles,
        met,
        story: Story::default(),
        flows: vec![Flow::default()],
        rows: Vec::new(),
        fields: Vec::new(),
        said: 0,
    };
    let mut frames = Vec::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match reader.open(&xml, &element, frames.last_mut()) {
                Frame::Skip => xml.skip()?,
                frame => frames.push(frame),
            },
            Node::Close => {
                if let Some(frame) = frames.pop() {
                    reader.close(frame);
                }
            }
            Node::Text(words) => {
                if let Some(Frame::Words { words: said, .. }) = frames.last_mut() {
                    reader.said += words.len();
                    flow::bounded(reader.said)?;
                    said.push_str(&words);
                }
            }
        }
    }
    reader.story.blocks = reader.end_flow();
    Ok(reader.story)
}

/// What an element that lies open is, and so what its end does.
enum Frame {
    /// Nothing of it is read.
    Skip,
    /// Read for what is in it.
    Plain,
    Paragraph,
    /// Properties of a paragraph.
    ParagraphSays,
    /// Properties of the mark at a paragraph's end.
    MarkSays,
    Run,
    /// Properties of a run.
    RunSays,
    /// Words of a run; without a word to the contrary, white space around them is layout.
    Words {
        keeps_space: bool,
        words: String,
    },
    /// Alternatives: whether one was read.
    Choice {
        is_made: bool,
    },
    Row,
    /// Properties of a row.
    RowSays,
    Cell,
    /// Properties of a cell.
    CellSays,
    Box,
    Note(NoteId),
}

/// A sequence of paragraphs: a body, a cell, a text box, a note.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Block>,
    paragraph: Option<Paragraph>,
    /// Words of a paragraph whose mark was struck out: they belong to the next one.
    carried: String,
}

#[derive(Debug, Default)]
struct Paragraph {
    words: String,
    style: Option<String>,
    says: Says,
    /// Its style in the run that lies open, and what the run says.
    run_style: Option<String>,
    run: Says,
    /// The font of the run, where it names one.
    font: Option<String>,
    is_mark_struck: bool,
    /// Blocks of text boxes that hang on it.
    boxed: Vec<Block>,
}

/// A row of a table.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<Block>>,
    is_struck: bool,
    is_cell_struck: bool,
}

struct Reader<'a> {
    styles: &'a Styles,
    met: &'a mut Met,
    story: Story,
    /// The innermost last; never empty.
    flows: Vec<Flow>,
    rows: Vec<Row>,
    /// Fields that lie open: whether their code is over and their result goes on.
    fields: Vec<bool>,
    /// Bytes of words that were read.
    said: usize,
}

impl Reader<'_> {
    fn open(&mut self, xml: &Xml<'_>, element: &Element<'_>, around: Option<&mut Frame>) -> Frame {
        let (space, name) = element.key();
        match (space, name) {
            ("mc", "AlternateContent") => return Frame::Choice { is_made: false },
            // The first alternative is the one that newer programs show; all say the same.
            ("mc", "Choice" | "Fallback") => {
                return match around {
                    Some(Frame::Choice { is_made: true }) => Frame::Skip,
                    Some(Frame::Choice { is_made }) => {
                        *is_made = true;
                        Frame::Plain
                    }
                    _ => Frame::Plain,
                };
            }
            ("m", "t") => return Frame::Words { keeps_space: true, words: String::new() },
            ("w", _) | ("m", "r") => {}
            _ => return Frame::Plain,
        }
        // What stood before a tracked change.
        if name.ends_with("Change") {
            return Frame::Skip;
        }
        match around {
            Some(Frame::ParagraphSays) => self.paragraph_says(xml, element, name),
            Some(Frame::MarkSays) => {
                if matches!(name, "del" | "moveFrom") {
                    self.met.changes += 1;
                    self.with_paragraph(|paragraph| paragraph.is_mark_struck = true);
                }
                Frame::Skip
            }
            Some(Frame::RunSays) => {
                let attribute = |name| xml.attribute(element, "w", name).map(|it| it.into_owned());
                self.with_paragraph(|paragraph| match name {
                    "rStyle" => paragraph.run_style = attribute("val"),
                    "rFonts" => paragraph.font = attribute("ascii"),
                    _ => paragraph.run.take(xml, element),
                });
                Frame::Skip
            }
            Some(Frame::RowSays | Frame::CellSays) => {
                if let Some(row) = self.rows.last_mut() {
                    row.is_struck |= name == "del";
                    row.is_cell_struck |= name == "cellDel";
                }
                Frame::Skip
            }
            _ => self.open_content(xml, element, name),
        }
    }

    fn paragraph_says(&mut self, xml: &Xml<'_>, element: &Element<'_>, name: &str) -> Frame {
        let style = || xml.attribute(element, "w", "val").map(|id| id.into_owned());
        match name {
            "rPr" => return Frame::MarkSays,
            // It names the list one level deeper.
            "numPr" => return Frame::ParagraphSays,
            "pStyle" => self.with_paragraph(|paragraph| paragraph.style = style()),
            _ => self.with_paragraph(|paragraph| paragraph.says.take(xml, element)),
        }
        Frame::Skip
    }

    /// What an element that is no property does.
    fn open_content(&mut self, xml: &Xml<'_>, element: &Element<'_>, name: &str) -> Frame {
        let attribute = |name: &str| xml.attribute(element, "w", name);
        match name {
            "p" => {
                // A paragraph in a paragraph, without a box around it, ends the outer one.
                self.end_paragraph();
                if let Some(flow) = self.flows.last_mut() {
                    let words = std::mem::take(&mut flow.carried);
                    flow.paragraph = Some(Paragraph { words, ..Paragraph::default() });
                }
                Frame::Paragraph
            }
            "pPr" => Frame::ParagraphSays,
            "r" => {
                self.with_paragraph(|paragraph| {
                    paragraph.run = Says::default();
                    (paragraph.run_style, paragraph.font) = (None, None);
                });
                Frame::Run
            }
            "rPr" => Frame::RunSays,
            "t" => {
                let keeps_space = xml.attribute(element, "xml", "space").is_some_and(|it| it == "preserve");
                Frame::Words { keeps_space, words: String::new() }
            }
            "tab" | "ptab" => self.sign('\t'),
            "br" | "cr" => self.sign('\n'),
            "noBreakHyphen" => self.sign('\u{2011}'),
            "sym" => {
                let (font, code) = (attribute("font"), attribute("char"));
                let sign = symbols::character(&font.unwrap_or_default(), &code.unwrap_or_default());
                self.met.signs += usize::from(sign.is_none());
                self.sign(sign.unwrap_or('\u{fffd}'))
            }
            "fldChar" => {
                match attribute("fldCharType").as_deref() {
                    Some("begin") => self.fields.push(false),
                    Some("separate") => {
                        if let Some(is_result) = self.fields.last_mut() {
                            *is_result = true;
                        }
                    }
                    Some("end") => {
                        self.fields.pop();
                    }
                    _ => {}
                }
                Frame::Skip
            }
            "footnoteReference" | "endnoteReference" => {
                let id = attribute("id").unwrap_or_default().into_owned();
                if !self.is_hidden() {
                    self.story.references.push_back((name == "endnoteReference", id));
                }
                Frame::Skip
            }
            "commentReference" => {
                self.met.comments += 1;
                Frame::Skip
            }
            "del" | "moveFrom" => {
                self.met.changes += 1;
                Frame::Skip
            }
            "ins" | "moveTo" => {
                self.met.changes += 1;
                Frame::Plain
            }
            "altChunk" => {
                self.met.chunks += 1;
                Frame::Skip
            }
            // Codes of fields, words struck out, readings over characters, page layout, what controls are set to.
            "instrText" | "delInstrText" | "delText" | "rt" | "sectPr" | "sdtPr" | "sdtEndPr" => Frame::Skip,
            "tr" => {
                self.end_paragraph();
                self.rows.push(Row::default());
                Frame::Row
            }
            "trPr" => Frame::RowSays,
            "tcPr" => Frame::CellSays,
            "tc" => {
                self.flows.push(Flow::default());
                Frame::Cell
            }
            "txbxContent" => {
                self.flows.push(Flow::default());
                Frame::Box
            }
            "footnote" | "endnote" => {
                // Lines between text and notes are notes too, of a type of their own.
                if attribute("type").is_some_and(|it| it != "normal") {
                    return Frame::Skip;
                }
                self.flows.push(Flow::default());
                let id = attribute("id").unwrap_or_default().into_owned();
                Frame::Note((name == "endnote", id))
            }
            _ => Frame::Plain,
        }
    }

    fn close(&mut self, frame: Frame) {
        match frame {
            Frame::Words { keeps_space, words } => {
                let words = if keeps_space { &words } else { words.trim() };
                if words.contains(symbols::is_placed) { self.say_symbols(words) } else { self.say(words) }
            }
            Frame::Paragraph => self.end_paragraph(),
            Frame::Cell => {
                let blocks = self.end_flow();
                match self.rows.last_mut() {
                    Some(row) if row.is_cell_struck => {
                        row.is_cell_struck = false;
                        self.met.changes += 1;
                    }
                    Some(row) => row.cells.push(blocks),
                    None => self.add(blocks),
                }
            }
            Frame::Row => {
                let row = self.rows.pop().unwrap_or_default();
                if row.is_struck {
                    self.met.changes += 1;
                } else {
                    self.add(flow::row(row.cells));
                }
            }
            Frame::Box => {
                let blocks = self.end_flow();
                let flow = self.flows.last_mut();
                match flow.and_then(|flow| flow.paragraph.as_mut()) {
                    Some(paragraph) => paragraph.boxed.extend(blocks),
                    None => self.add(blocks),
                }
            }
            Frame::Note(id) => {
                let blocks = self.end_flow();
                self.story.notes.insert(id, blocks);
            }
            _ => {}
        }
    }

    /// Adds words to the paragraph, unless they are hidden or a field's code.
    fn say(&mut self, words: &str) {
        // A field's result in the code of another field is not shown.
        let is_code = self.fields.split_last().is_some_and(|(_, outer)| outer.contains(&false));
        if is_code || words.is_empty() {
            return;
        }
        if self.is_hidden() {
            self.met.hidden += 1;
            return;
        }
        self.with_paragraph(|paragraph| paragraph.words.push_str(words));
    }

    /// Adds words of which some are places in the run's font.
    fn say_symbols(&mut self, words: &str) {
        let paragraph = self.flows.last().and_then(|flow| flow.paragraph.as_ref());
        let font = paragraph.and_then(|paragraph| paragraph.font.clone()).unwrap_or_default();
        let known = |it: char| if symbols::is_placed(it) { symbols::at(&font, it as u32) } else { Some(it) };
        let mut unknown = 0;
        let said: String = words
            .chars()
            .map(|it| {
                known(it).unwrap_or_else(|| {
                    unknown += 1;
                    '\u{fffd}'
                })
            })
            .collect();
        self.met.signs += unknown;
        self.say(&said);
    }

    fn sign(&mut self, sign: char) -> Frame {
        self.say(sign.encode_utf8(&mut [0; 4]));
        Frame::Skip
    }

    /// Whether the run that lies open is hidden: by itself, its style, or its paragraph's.
    fn is_hidden(&self) -> bool {
        let Some(paragraph) = self.flows.last().and_then(|flow| flow.paragraph.as_ref()) else {
            return false;
        };
        let by_style =
            |style: &Option<String>| style.as_deref().and_then(|id| self.styles.is_hidden(Some(id)));
        paragraph
            .run
            .is_hidden
            .or_else(|| by_style(&paragraph.run_style))
            .or_else(|| by_style(&paragraph.style))
            .unwrap_or(false)
    }

    fn with_paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.flows.last_mut().and_then(|flow| flow.paragraph.as_mut()) {
            change(paragraph);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(flow) = self.flows.last_mut() else { return };
        let Some(paragraph) = flow.paragraph.take() else { return };
        // A code that the paragraph does not end would hide all that follows.
        self.fields.iter_mut().for_each(|is_result| *is_result = true);
        if paragraph.is_mark_struck {
            flow.carried = paragraph.words;
        } else {
            let kind = self.styles.kind(paragraph.style.as_deref(), &paragraph.says);
            flow.blocks.push(Block::new(kind, paragraph.words));
        }
        flow.blocks.extend(paragraph.boxed);
    }

    /// Ends the innermost flow and gives its blocks.
    fn end_flow(&mut self) -> Vec<Block> {
        self.end_paragraph();
        let Some(mut flow) = self.flows.pop() else { return Vec::new() };
        if !flow.carried.is_empty() {
            flow.blocks.push(Block::new(None, flow.carried));
        }
        flow.blocks
    }

    fn add(&mut self, blocks: Vec<Block>) {
        if let Some(flow) = self.flows.last_mut() {
            flow.blocks.extend(blocks);
        }
    }
}
