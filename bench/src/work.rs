//! The work that is measured. Each piece gives a count, so that no compiler leaves it out.

use std::rc::Rc;

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use readout::acts::{ActsModel, Features, LEAST, Learner, Lesson, OUTPUTS, suggest};
use readout::annotation::{Codebook, Document, Id, Meta, Stamp, Timestamp};
use readout::entities::{self, Names, Tagger};
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
    /// Every sentence looked at, and acts suggested.
    Acts,
    /// A tag learnt by a coder's layer that knows a hundred, and every sentence scored anew.
    Lesson,
    /// A Readout JSON of the analysed article, read and made a document.
    Open,
}

impl Work {
    /// All of it, the peer first.
    pub const ALL: [Work; 7] =
        [Work::Boundaries, Work::Outline, Work::Offsets, Work::Names, Work::Acts, Work::Lesson, Work::Open];

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
            Work::Acts => "acts",
            Work::Lesson => "a lesson, and all scored anew",
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
    names: Names,
    features: Features,
    acts: ActsModel,
    learner: Learner,
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
        let names = entities::find(&text, &outline, tagger.as_ref());
        let features = Features::of(&text, &outline, &names);
        let acts = ActsModel::from_bytes(include_bytes!("../../model/acts.bin"));
        let acts = acts.unwrap_or_else(|_| ActsModel::new(1.0, [0.0; OUTPUTS], Vec::new(), Vec::new()));
        let mut learner = Learner::default();
        for (turn, sentence) in features.sentences.iter().take(100).enumerate() {
            learner.learn(&acts, sentence, lesson(turn));
        }
        Self { text, outline, file, codebook, tagger, names, features, acts, learner }
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
            Work::Acts => {
                let features = Features::of(&self.text, &self.outline, &self.names);
                self.suggest(&features, &Learner::default())
            }
            Work::Lesson => {
                let mut learner = self.learner.clone();
                if let Some(sentence) = self.features.sentences.last() {
                    learner.learn(&self.acts, sentence, lesson(0));
                }
                self.suggest(&self.features, &learner)
            }
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

impl Bench {
    fn suggest(&self, features: &Features, learner: &Learner) -> usize {
        suggest(&self.text, &self.outline, &self.names, features, &self.acts, learner, LEAST).len()
    }
}

/// Lessons of a coder who codes otherwise, so that each is news.
fn lesson(turn: usize) -> Lesson<'static> {
    Lesson { label: "proposal", fits: turn.is_multiple_of(3) }
}

fn document(incoming: Incoming, codebook: &Rc<Codebook>) -> Document {
    let stamp = Stamp::new(Timestamp(0), Id::from("bench"), "bench");
    incoming.into_document(&Engine::new(None, None), codebook, &stamp).document
}
