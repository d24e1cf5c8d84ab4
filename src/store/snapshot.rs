//! The net difference between a document and its base: what a person decided, whatever the article's size.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::annotation::{
    AnnotationSet, Change, Document, Edit, History, Id, Layer, Placed, Swap, Timestamp, What,
};
use crate::text::{Outline, Span};

/// A document at one step, as changes of its base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Snapshot {
    /// After which step.
    pub(super) revision: u64,
    /// The analysis that made the base.
    pub(super) engine: Rc<str>,
    /// From the base to the document; sentences first, so that figures are counted on them.
    pub(super) changes: Vec<Change>,
    /// What can be undone.
    pub(super) history: Rc<History>,
}

impl Snapshot {
    /// What differs in `document` from `base`, the set that it began with.
    pub(super) fn of(base: &AnnotationSet, document: &Document, revision: u64) -> Self {
        let set = &document.set;
        let mut changes = sentence_changes(&base.outline, &set.outline);
        changes.extend(party_changes(base, set));
        changes.extend(layer_changes(&set.entities).map(Change::Entity));
        changes.extend(layer_changes(&set.suggestions).map(Change::Suggestion));
        changes.extend(layer_changes(&set.tags).map(Change::Tag));
        changes.extend(layer_changes(&set.judgements).map(Change::Judgement));
        if base.meta != set.meta {
            changes
                .push(Change::Meta(Swap { before: Some(base.meta.clone()), after: Some(set.meta.clone()) }));
        }
        Self { revision, engine: document.engine.clone(), changes, history: document.history.clone() }
    }

    /// The document that this snapshot makes of its base, and how many changes do not fit. All of them fit the
    /// base they were made for.
    pub(super) fn onto(self, base: &Document) -> (Document, usize) {
        let mut document = base.clone();
        let text = &base.article.text;
        let edit = |changes| Edit { what: What::Imported, at: Timestamp(0), coder: Id::from(""), changes };
        let whole = edit(self.changes);
        let mut misfits = 0;
        if document.set.apply(text, &whole).is_err() {
            for change in whole.changes {
                misfits += usize::from(document.set.apply(text, &edit(vec![change])).is_err());
            }
        }
        document.history = self.history;
        (document, misfits)
    }
}

fn layer_changes<T: Placed + PartialEq>(layer: &Layer<T>) -> impl Iterator<Item = Swap<T>> {
    layer
        .changes()
        .filter(|(_, found, now)| found != now)
        .map(|(_, found, now)| Swap { before: found.cloned(), after: now.cloned() })
}

fn party_changes(base: &AnnotationSet, set: &AnnotationSet) -> Vec<Change> {
    let gone = base.parties.iter().filter(|(id, _)| !set.parties.contains_key(id));
    let gone = gone.map(|(_, party)| Swap::take(party.clone()));
    let put = set.parties.iter().filter(|(id, party)| base.parties.get(id) != Some(party));
    let put =
        put.map(|(id, party)| Swap { before: base.parties.get(id).cloned(), after: Some(party.clone()) });
    gone.chain(put).map(Change::Party).collect()
}

/// One change for each block whose sentences were cut anew.
fn sentence_changes(base: &Rc<Outline>, now: &Rc<Outline>) -> Vec<Change> {
    if Rc::ptr_eq(base, now) {
        return Vec::new();
    }
    let spans = |outline: &Outline, block: usize, from: &mut usize| {
        let sentences = outline.sentences().get(*from..).unwrap_or_default().iter();
        let run: Vec<Span> =
            sentences.take_while(|sentence| sentence.block as usize == block).map(|it| it.span).collect();
        *from += run.len();
        run
    };
    let (mut base_from, mut now_from) = (0, 0);
    let runs = (0..base.blocks().len())
        .map(|block| (spans(base, block, &mut base_from), spans(now, block, &mut now_from)));
    runs.filter(|(before, after)| before != after)
        .map(|(before, after)| Change::Sentences { before, after })
        .collect()
}
