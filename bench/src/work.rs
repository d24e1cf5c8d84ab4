//! The work that is measured. Each piece gives a count, so that no compiler leaves it out.

use std::rc::Rc;

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use readout::annotation::{Codebook, Document, Id, Meta, Stamp, Timestamp};
use readout::entities::{self, Tagger};
use readout::exchange::{self, Engine, Incoming, WriteOptions};
use readout::text::{Article, OffsetMap, Outline, analyse};

use crate::texts::Kind;

/// A piece of work on one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// The peer: bare sentence boundaries by icu_segmenter.
    Boundaries,
    /// Blocks and sentences.
    Outline,
    /// The map between bytes, UTF-16 units and code points.
    Offsets,
    /// Names and parties.
    Names,
    /// A Readout JSON of the analysed article, read and made a document.
    Open,
}

impl Work {
    /// All of it, the peer first.
    pub const ALL: [Work; 5] = [Work::Boundaries, Work::Outline, Work::Offsets, Work::Names, Work::Open];

    /// The work that is measured on a kind of article: all of it on one, on the others what depends most on them.
    pub fn on(kind: Kind) -> &'static [Work] {
        match kind {
            Kind::Prose => &Self::ALL,
            _ => &[Work::Boundaries, Work::Outline, Work::Offsets],
        }
    }

    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Work::Boundaries => "icu_segmenter: sentence boundaries",
            Work::Outline => "blocks and sentences",
            Work::Offsets => "offset map",
            Work::Names => "names",
            Work::Open => "open a Readout JSON",
        }
    }
}

/// An article with what the work on it starts from.
pub struct Bench {
    text: String,
    outline: Outline,
    file: String,
    codebook: Rc<Codebook>,
    tagger: Option<Tagger>,
}

impl Bench {
    /// Prepares the work on `text`.
    pub fn new(text: String) -> Self {
        let codebook = Codebook::standard();
        let outline = analyse(&text);
        let incoming = Incoming::fresh(Article::new(text.as_str()), Meta::default());
        let document = document(incoming, &codebook);
        let file = exchange::write(&[&document], &WriteOptions::default());
        let tagger = Tagger::from_bytes(include_bytes!("../../model/entities.bin")).ok();
        Self { text, outline, file, codebook, tagger }
    }

    /// The article's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Does the work once.
    pub fn run(&self, work: Work) -> usize {
        match work {
            Work::Boundaries => SentenceSegmenter::new(SentenceBreakInvariantOptions::default())
                .segment_str(&self.text)
                .count(),
            Work::Outline => analyse(&self.text).sentences().len(),
            Work::Offsets => OffsetMap::new(&self.text).chars() as usize,
            Work::Names => entities::find(&self.text, &self.outline, self.tagger.as_ref()).mentions.len(),
            Work::Open => {
                let opened = exchange::open("bench.readout.json", self.file.as_bytes());
                let articles = opened.map(|opened| opened.articles).unwrap_or_default();
                articles
                    .into_iter()
                    .map(|it| document(it, &self.codebook).set.outline.sentences().len())
                    .sum()
            }
        }
    }
}

fn document(incoming: Incoming, codebook: &Rc<Codebook>) -> Document {
    let stamp = Stamp::new(Timestamp(0), Id::from("bench"), "bench");
    incoming.into_document(&Engine::new(None, None), codebook, &stamp).document
}
