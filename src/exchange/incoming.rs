//! An article on its way in, and the document it becomes.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::engine::Engine;
use super::error::Warning;
use crate::acts::{self, Features, LEAST, Learner};
use crate::annotation::{
    AnnotationSet, Change, Codebook, Document, Edit, Entity, History, Judgement, Label, LabelId, Meta, Party,
    Stamp, Suggestion, Swap, Tag, What,
};
use crate::entities::{self, Names};
use crate::text::{Article, BlockKind, Extra, Marked, Outline, analyse_marked};

/// An article on its way in.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The text and where it came from.
    pub article: Article,
    /// Title, source, date, language.
    pub meta: Meta,
    /// What came with it.
    pub kind: Kind,
}

/// What came with a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Nothing, or blocks that its file marks: it is to be analysed.
    Fresh(Vec<Marked>),
    /// What a Readout JSON holds about it.
    Annotated(Box<Annotated>),
}

/// What a Readout JSON holds about one text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotated {
    /// Which version of the analysis drew sentences and names; empty when the file does not say.
    pub engine: String,
    /// Blocks and sentences; none when the file has no usable ones, and the analysis draws them.
    pub outline: Option<Outline>,
    /// Names, kept and removed; none when the file has no such layer, and the analysis finds them.
    pub entities: Option<Vec<Entity>>,
    /// Who acts or receives.
    pub parties: Vec<Party>,
    /// The machine's proposals.
    pub suggestions: Vec<Suggestion>,
    /// Labels put on sentences.
    pub tags: Vec<Tag>,
    /// "Read, no label applies".
    pub judgements: Vec<Judgement>,
}

/// What an [`Incoming`] becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// The article as the analysis left it: nothing decided yet but what stands in names and suggestions.
    pub document: Document,
    /// Puts the file's tags and judgements; none when it has none. Perform it, so that the journal keeps it.
    pub edit: Option<Edit>,
    /// Labels that were added to the codebook.
    pub warnings: Vec<Warning>,
}

impl Incoming {
    /// The text alone, to be analysed.
    pub fn fresh(article: Article, meta: Meta) -> Self {
        Self { article, meta, kind: Kind::Fresh(Vec::new()) }
    }

    /// The document that this becomes, and the edit that puts the file's tags and judgements into it.
    ///
    /// `engine` draws what the file does not bring, `codebook` are the labels (the file's own where it brings them);
    /// labels that are used and missing are added to it. A text without a title gets its first heading or line.
    pub fn into_document(self, engine: &Engine, codebook: &Rc<Codebook>, stamp: &Stamp) -> Ready {
        let Self { article, mut meta, kind } = self;
        let (annotated, marks) = match kind {
            Kind::Fresh(marks) => (Annotated::default(), marks),
            Kind::Annotated(annotated) => (*annotated, Vec::new()),
        };
        // What the file drew keeps the name of the engine that drew it.
        let drawn_by = match &annotated.outline {
            Some(_) if !annotated.engine.is_empty() => annotated.engine.as_str(),
            _ => engine.name.as_str(),
        };
        let drawn_by: Rc<str> = drawn_by.into();
        let outline = annotated.outline.unwrap_or_else(|| analyse_marked(&article.text, &marks));
        if meta.title.is_empty() {
            meta.title = title_of(&article.text, &outline);
        }
        let (codebook, warnings) = complete(codebook, &annotated.tags, &annotated.suggestions);
        let set = match annotated.entities {
            Some(entities) => {
                AnnotationSet::new(meta, outline, entities, annotated.parties, annotated.suggestions)
            }
            None => found(engine, &article.text, meta, outline, annotated.parties, annotated.suggestions),
        };
        let tags = annotated.tags.into_iter().map(|tag| Change::Tag(Swap::put(tag)));
        let judgements = annotated.judgements.into_iter().map(|it| Change::Judgement(Swap::put(it)));
        let changes: Vec<Change> = tags.chain(judgements).collect();
        let edit = (!changes.is_empty()).then(|| Edit {
            what: What::Imported,
            at: stamp.at,
            coder: stamp.coder.clone(),
            changes,
        });
        let history = Rc::new(History::default());
        let document = Document { article: Rc::new(article), engine: drawn_by, codebook, set, history };
        Ready { document, edit, warnings }
    }
}

/// The set with the names that the analysis finds, besides the parties that a file brings.
fn found(
    engine: &Engine,
    text: &str,
    meta: Meta,
    outline: Outline,
    parties: Vec<Party>,
    suggestions: Vec<Suggestion>,
) -> AnnotationSet {
    let names = entities::find(text, &outline, engine.tagger.as_ref());
    let suggestions =
        if suggestions.is_empty() { suggested(engine, text, &outline, &names) } else { suggestions };
    let analysed = AnnotationSet::analysed(meta, outline, &names);
    if parties.is_empty() && suggestions.is_empty() {
        return analysed;
    }
    let meta = analysed.meta.as_ref().clone();
    let outline = analysed.outline.as_ref().clone();
    let entities = analysed.entities.iter().map(|entity| entity.as_ref().clone()).collect();
    // A party of the file wins over a found one that happens to have its id.
    let all = analysed.parties.values().map(|party| party.as_ref().clone()).chain(parties).collect();
    AnnotationSet::new(meta, outline, entities, all, suggestions)
}

/// The acts that the analysis suggests; the ids of names and parties are those of [`AnnotationSet::analysed`].
fn suggested(engine: &Engine, text: &str, outline: &Outline, names: &Names) -> Vec<Suggestion> {
    let Some(model) = &engine.acts else { return Vec::new() };
    let features = Features::of(text, outline, names);
    let found = acts::suggest(text, outline, names, &features, model, &Learner::default(), LEAST);
    acts::first_suggestions(found, outline, names)
}

/// The codebook with every label that is used, and a warning for each that had to be added.
pub(super) fn complete(
    codebook: &Rc<Codebook>,
    tags: &[Tag],
    suggestions: &[Suggestion],
) -> (Rc<Codebook>, Vec<Warning>) {
    let used = tags.iter().map(|tag| &tag.label).chain(suggestions.iter().map(|it| &it.label));
    let missing: BTreeSet<&LabelId> = used.filter(|label| codebook.label(label).is_none()).collect();
    if missing.is_empty() {
        return (codebook.clone(), Vec::new());
    }
    let mut codebook = codebook.as_ref().clone();
    let mut warnings = Vec::new();
    for label in missing {
        warnings.push(Warning::new(
            "codebook",
            format!("label \"{label}\" is used but not defined: it was added without a definition"),
        ));
        add_label(&mut codebook, label);
    }
    (Rc::new(codebook), warnings)
}

/// Adds a label of which only the id is known, with the next free digit and colour.
pub(super) fn add_label(codebook: &mut Codebook, id: &LabelId) {
    // Names of the palette in static/style; the first that no label has, else the last.
    const COLORS: [&str; 7] = ["blue", "green", "vermilion", "sky", "purple", "orange", "grey"];
    let is_taken = |color: &&&str| codebook.labels.iter().any(|label| label.color == **color);
    let color = COLORS.iter().find(|color| !is_taken(color)).or(COLORS.last()).copied().unwrap_or_default();
    let key = (1..=9)
        .map(|digit: u8| digit.to_string())
        .find(|digit| codebook.labels.iter().all(|label| label.key != *digit))
        .unwrap_or_default();
    let words = id.as_str().replace(['-', '_'], " ");
    let mut letters = words.chars();
    let name = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    codebook.labels.push(Label {
        id: id.clone(),
        name,
        key,
        color: color.into(),
        definition: String::new(),
        examples: Vec::new(),
        rulings: Vec::new(),
        extra: Extra::new(),
    });
}

/// The first heading near the top, else the first line, cut at a word before 120 characters.
fn title_of(text: &str, outline: &Outline) -> String {
    let heading = outline.blocks().iter().take(3).find(|block| block.kind == BlockKind::Heading);
    let words = heading.map_or(text, |block| block.span.of(text));
    let line = words.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    cut(line, 120)
}

fn cut(line: &str, limit: usize) -> String {
    let Some((end, _)) = line.char_indices().nth(limit) else { return line.into() };
    // The last character makes room for the dots.
    let kept = line.get(..end).unwrap_or(line);
    let at_word = kept.rfind(char::is_whitespace).filter(|&space| space > end / 2);
    let short = match at_word {
        Some(space) => kept.get(..space).unwrap_or(kept),
        None => kept.char_indices().next_back().and_then(|(last, _)| kept.get(..last)).unwrap_or(kept),
    };
    format!("{}…", short.trim_end())
}
