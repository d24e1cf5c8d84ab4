//! The immutable part of an article as one string: the text, where it came from, and what the analysis or the
//! file gave.
//!
//! A sealed line of JSON, a line feed, then the text as it is: the text is guarded by its own hash, so it can be
//! saved even when the line before it cannot. Sentences and machine-found names are plain numbers there, for a
//! text of 50,000 sentences has a hundred thousand of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::seal::{Broken, seal, unseal};
use crate::annotation::{
    AnnotationSet, Codebook, Document, Entity, EntityStatus, History, Id, Meta, Origin, Party, Suggestion,
};
use crate::entities::EntityKind;
use crate::text::{Article, ArticleId, Block, BlockKind, Extra, Original, Outline, Span};

/// Why a kept article cannot be opened as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseError {
    /// What the analysis gave cannot be read.
    #[error("the kept article is damaged")]
    Damaged {
        /// The text, when that much is whole: analysed again it bears most of the work.
        text: Option<Rc<str>>,
    },
    /// A newer build of Readout kept it.
    #[error("the article was kept by a newer version")]
    Newer,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    engine: Rc<str>,
    meta: Rc<Meta>,
    /// Absent: the codebook that Readout starts with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    codebook: Option<Rc<Codebook>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    original: Option<Original>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    extra: Extra,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    part_extra: BTreeMap<String, Extra>,
    /// Kind, first byte, number of bytes.
    blocks: Vec<(BlockKind, u32, u32)>,
    /// First byte and number of bytes, by turns.
    sentences: Vec<u32>,
    /// What the numbers in `names` stand for: the order of kinds may change.
    kinds: Vec<EntityKind>,
    /// Names as the analysis makes them: first byte, number of bytes, index into `kinds`, party (0: none; else
    /// one more than the number in its id).
    names: Vec<u32>,
    /// Names of another make; then `names` is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<Rc<Entity>>,
    parties: Vec<Rc<Party>>,
    suggestions: Vec<Rc<Suggestion>>,
}

/// The string to keep of a document on which nothing has been done yet.
///
/// Tags and judgements are not part of it: they come in by edits, also those of a file.
pub fn encode_base(document: &Document) -> String {
    let set = &document.set;
    let sizes = |span: Span| [span.start, span.end - span.start];
    let names: Option<Vec<[u32; 4]>> =
        set.entities.iter().enumerate().map(|(index, entity)| short_form(index, entity)).collect();
    let wire = Wire {
        engine: document.engine.clone(),
        meta: set.meta.clone(),
        codebook: (*document.codebook != *Codebook::standard()).then(|| document.codebook.clone()),
        original: document.article.original.clone(),
        external_id: document.article.external_id.clone(),
        extra: document.article.extra.clone(),
        part_extra: document.article.part_extra.clone(),
        blocks: set
            .outline
            .blocks()
            .iter()
            .map(|block| (block.kind, block.span.start, block.span.end - block.span.start))
            .collect(),
        sentences: set.outline.sentences().iter().flat_map(|sentence| sizes(sentence.span)).collect(),
        kinds: EntityKind::ALL.into(),
        entities: if names.is_some() { Vec::new() } else { set.entities.iter().cloned().collect() },
        names: names.unwrap_or_default().concat(),
        parties: set.parties.values().cloned().collect(),
        suggestions: set.suggestions.iter().cloned().collect(),
    };
    // Cannot fail: every map in it has strings as keys. An empty line would be found damaged, and keep the text.
    let line = serde_json::to_string(&wire).unwrap_or_default();
    let mut kept = seal(document.article.id.as_str(), &line);
    kept.reserve(document.article.text.len() + 1);
    kept.push('\n');
    kept.push_str(&document.article.text);
    kept
}

/// The document that [`encode_base`] kept for the article `id`: nothing done yet, nothing to undo.
///
/// # Errors
/// [`BaseError`]; with the text when that is whole.
pub fn decode_base(id: &ArticleId, kept: &str) -> Result<Document, BaseError> {
    let (line, text) = kept.split_once('\n').unwrap_or((kept, ""));
    let article = Article::new(text);
    let is_whole = article.id == *id;
    let damaged = || BaseError::Damaged { text: is_whole.then(|| article.text.clone()) };
    let line = unseal(id.as_str(), line).map_err(|broken| match broken {
        Broken::Damaged => damaged(),
        Broken::Newer => BaseError::Newer,
    })?;
    let wire: Wire = serde_json::from_str(line).map_err(|_| damaged())?;
    if !is_whole {
        return Err(damaged());
    }
    wire.into_document(article.clone()).ok_or_else(damaged)
}

impl Wire {
    fn into_document(self, mut article: Article) -> Option<Document> {
        let span = |start: u32, len: u32| {
            let span = Span { start, end: start.checked_add(len)? };
            span.fits(&article.text).then_some(span)
        };
        let block =
            |&(kind, start, len): &(BlockKind, u32, u32)| Some(Block { kind, span: span(start, len)? });
        let blocks: Vec<Block> = self.blocks.iter().map(block).collect::<Option<_>>()?;
        let (pairs, _) = self.sentences.as_chunks();
        let sentences: Vec<Span> =
            pairs.iter().map(|&[start, len]| span(start, len)).collect::<Option<_>>()?;
        let (names, _) = self.names.as_chunks();
        let mut entities: Vec<Entity> = self.entities.iter().map(|entity| entity.as_ref().clone()).collect();
        for (index, &[start, len, kind, party]) in names.iter().enumerate() {
            let kind = *self.kinds.get(kind as usize)?;
            entities.push(machine_entity(index, span(start, len)?, kind, party.checked_sub(1)));
        }
        article.original = self.original;
        article.external_id = self.external_id;
        article.extra = self.extra;
        article.part_extra = self.part_extra;
        let set = AnnotationSet::new(
            self.meta.as_ref().clone(),
            Outline::new(blocks, sentences),
            entities,
            self.parties.iter().map(|party| party.as_ref().clone()).collect(),
            self.suggestions.iter().map(|suggestion| suggestion.as_ref().clone()).collect(),
        );
        Some(Document {
            article: Rc::new(article),
            engine: self.engine,
            codebook: self.codebook.unwrap_or_else(Codebook::standard),
            set,
            history: Rc::new(History::default()),
        })
    }
}

/// The four numbers that stand for an entity; `None` when they would not give it back.
fn short_form(index: usize, entity: &Entity) -> Option<[u32; 4]> {
    let party = match &entity.party {
        Some(party) => Some(party.as_str().strip_prefix('p')?.parse::<u32>().ok()?),
        None => None,
    };
    let kind = EntityKind::ALL.iter().position(|&kind| kind == entity.kind)?;
    let Span { start, end } = entity.span;
    (machine_entity(index, entity.span, entity.kind, party) == *entity).then_some([
        start,
        end - start,
        kind as u32,
        party.map_or(0, |party| party + 1),
    ])
}

/// A name as [`AnnotationSet::analysed`] makes it.
fn machine_entity(index: usize, span: Span, kind: EntityKind, party: Option<u32>) -> Entity {
    Entity {
        id: Id::new(format!("e{index}")),
        span,
        kind,
        party: party.map(|number| Id::new(format!("p{number}"))),
        origin: Origin::Machine,
        status: EntityStatus::Kept,
        coder: None,
        modified: None,
        extra: BTreeMap::new(),
    }
}
