//! The open article: where its reader is, what is drawn of it, and what waits to be kept.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use crate::acts::Taught;
use crate::annotation::{Conflict, Document, Id, Op, Proposed, Tag, Touched};
use crate::app::chunks::{self, Chunk};
use crate::app::keys::Command;
use crate::app::movement;
use crate::app::parties;
use crate::text::Span;

/// The open article.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Its text, annotations and history.
    pub document: Rc<Document>,
    /// Raised by every change of the document.
    pub version: u64,
    /// The article cut into chunks.
    pub chunks: Rc<Vec<Rc<Chunk>>>,
    /// The current sentence.
    pub current: Option<Span>,
    /// Where the selected range of sentences began; the current one when nothing more is selected.
    pub anchor: Option<Span>,
    /// Raised whenever the current sentence must get the focus.
    pub focus: u64,
    /// Raised whenever the current sentence must come into view without the focus.
    pub reveal: u64,
    /// Words of the current sentence that are selected in the article.
    pub picked: Option<Span>,
    /// All that is selected in the article, as it was last told: what was told before says nothing new.
    selection: Option<Span>,
    /// The tag that was made active by hand; otherwise it is the newest one.
    chosen: Option<Id>,
    /// The inspector's field that is open, and the tag it belongs to.
    pub field: Option<(Field, Id)>,
    /// Number of the last step taken.
    pub revision: u64,
    /// Steps that are not saved yet, each with the document as it left it.
    pub outbox: VecDeque<(u64, Op, Rc<Document>)>,
    /// What the coder's steps teach, since the article was opened.
    pub taught: Vec<Taught>,
    /// Whether this tab may change the article.
    pub role: Role,
}

/// Whether this tab may change the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It writes.
    Writer,
    /// Another tab writes; this one follows.
    Follower,
}

/// A field of the inspector that opens for typing or picking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Who acts.
    By,
    /// Who receives.
    To,
    /// The words that show it.
    Evidence,
    /// The note.
    Note,
}

impl Desk {
    pub(super) fn new(
        document: Rc<Document>,
        version: u64,
        revision: u64,
        current: Option<Span>,
        role: Role,
    ) -> Self {
        let outline = &document.set.outline;
        let current = current
            .filter(|span| outline.index_of(*span).is_some())
            .or_else(|| movement::target(&document, None, Command::First));
        let chunks = chunks::divide(&document.article.text, outline)
            .into_iter()
            .enumerate()
            .map(|(index, span)| Rc::new(Chunk { index, span, version, document: document.clone() }))
            .collect();
        Self {
            document,
            version,
            chunks: Rc::new(chunks),
            current,
            anchor: current,
            focus: 0,
            reveal: 0,
            picked: None,
            selection: None,
            chosen: None,
            field: None,
            revision,
            outbox: VecDeque::new(),
            taught: Vec::new(),
            role,
        }
    }

    /// The sentences that a label would be put on.
    pub fn selected(&self) -> Vec<Span> {
        match (self.anchor, self.current) {
            (Some(anchor), Some(current)) => movement::range(&self.document, anchor, current),
            (None, Some(current)) => vec![current],
            _ => Vec::new(),
        }
    }

    /// Number of selected sentences.
    pub fn selected_count(&self) -> usize {
        match self.selected_range() {
            None => usize::from(self.current.is_some()),
            Some(_) => self.selected().len(),
        }
    }

    /// The stretch that is selected beyond the current sentence.
    pub fn selected_range(&self) -> Option<Span> {
        let (anchor, current) = (self.anchor?, self.current?);
        (anchor != current).then(|| anchor.cover(current))
    }

    /// The tag that keys for strength, parties, evidence and note act on: the one that the coder chose, or else
    /// their newest on the current sentence.
    pub fn active_tag(&self, coder: &Id) -> Option<Id> {
        let mine = self.own_tags(coder);
        let chosen = mine.iter().find(|tag| self.chosen.as_ref() == Some(&tag.id));
        let newest =
            || mine.iter().max_by_key(|tag| (tag.created, self.document.codebook.position(&tag.label)));
        chosen.or_else(newest).map(|tag| tag.id.clone())
    }

    /// The coder's tags on the current sentence, in the order of the codebook.
    fn own_tags(&self, coder: &Id) -> Vec<Rc<Tag>> {
        let Some(current) = self.current else { return Vec::new() };
        let mut tags = self.document.set.tags_on(current);
        tags.retain(|tag| tag.coder == *coder);
        tags.sort_by_key(|tag| (self.document.codebook.position(&tag.label), tag.created));
        tags
    }

    /// Makes this tag of the current sentence the active one, or without one the next in the order of the codebook.
    pub(super) fn choose(&mut self, coder: &Id, tag: Option<Id>) -> bool {
        let before = self.active_tag(coder);
        let mine = self.own_tags(coder);
        let at = mine.iter().position(|tag| before.as_ref() == Some(&tag.id));
        let next = || mine.get((at? + 1) % mine.len()).map(|tag| tag.id.clone());
        self.chosen = tag.or_else(next);
        let changed = self.active_tag(coder) != before;
        if changed {
            self.field = None;
        }
        changed
    }

    pub(super) fn forget_choice(&mut self) {
        self.chosen = None;
    }

    /// The tags that a change of strength or parties in `tag` reaches: it, and while several sentences are selected
    /// the coder's tags with the same label on the others.
    pub(super) fn reached(&self, tag: &Id) -> Vec<Id> {
        let set = &self.document.set;
        let Some(first) = set.tags.get(tag).cloned() else { return Vec::new() };
        let selected = self.selected();
        let mut reached = vec![tag.clone()];
        if selected.len() > 1 && selected.iter().any(|sentence| sentence.contains_offset(first.span.start)) {
            for other in selected.iter().flat_map(|&sentence| set.tags_on(sentence)) {
                if other.label == first.label && other.coder == first.coder && !reached.contains(&other.id) {
                    reached.push(other.id.clone());
                }
            }
        }
        reached
    }

    /// Takes over what is selected in the article. Words of one sentence make it current and are picked out; words
    /// of several select these sentences, the first one as the anchor.
    pub(super) fn pick(&mut self, selection: Option<Span>) -> bool {
        let text = &self.document.article.text;
        let selection = selection.map(|span| span.trim(text)).filter(|span| !span.is_empty());
        if selection == self.selection {
            return false;
        }
        self.selection = selection;
        let outline = &self.document.set.outline;
        let touched =
            selection.map(|span| outline.sentences().get(outline.indices_in(span)).unwrap_or_default());
        let ends = touched.and_then(|all| Some((all.first()?.span, all.last()?.span)));
        let Some(((first, last), span)) = ends.zip(selection) else {
            return self.picked.take().is_some();
        };
        let before = (self.current, self.anchor, self.picked);
        if first == last {
            self.go(first, false);
            self.picked = parties::pick(&self.document, Some(first), span);
        } else {
            self.go(first, false);
            self.go(last, true);
            self.picked = None;
        }
        before != (self.current, self.anchor, self.picked)
    }

    pub(super) fn written(&mut self, revision: u64) -> bool {
        let before = self.outbox.len();
        while self.outbox.front().is_some_and(|(number, ..)| *number <= revision) {
            self.outbox.pop_front();
        }
        before != self.outbox.len()
    }

    pub(super) fn perform(&mut self, op: &Op) -> Result<Touched, Conflict> {
        let touched = Rc::make_mut(&mut self.document).perform(op)?;
        self.version += 1;
        self.revision += 1;
        self.redraw(&touched);
        let set = &self.document.set;
        if let Some(current) = self.current
            && set.outline.index_of(current).is_none()
        {
            // The current sentence was cut or joined: its beginning stays current.
            self.current = set.sentence_at(current.start).map(|sentence| sentence.span);
            self.anchor = self.current;
            self.focus += 1;
        }
        if self.field.as_ref().is_some_and(|(_, tag)| set.tags.get(tag).is_none()) {
            self.field = None;
        }
        Ok(touched)
    }

    /// Shows what is suggested now: only chunks where that is something else are drawn anew.
    pub(super) fn propose(&mut self, proposed: Rc<Proposed>) {
        let before = self.document.set.clone();
        Rc::make_mut(&mut self.document).set.proposed = Some(proposed.clone());
        let old = before.proposed.as_ref();
        let kept = before.suggestions.iter().map(|it| it.span).filter(|_| old.is_none());
        let shown = old.into_iter().flat_map(|it| it.iter()).map(|it| it.span);
        let spans: BTreeSet<Span> = proposed.iter().map(|it| it.span).chain(shown).chain(kept).collect();
        let set = &self.document.set;
        let changed = |span: &Span| set.suggestions_on(*span) != before.suggestions_on(*span);
        let spans: Vec<Span> = spans.into_iter().filter(changed).collect();
        if spans.is_empty() {
            return;
        }
        self.version += 1;
        self.redraw(&Touched { spans, ..Touched::default() });
    }

    /// Gives the chunks where something changed the new document.
    fn redraw(&mut self, touched: &Touched) {
        let document = &self.document;
        let chunks = Rc::make_mut(&mut self.chunks);
        if touched.outline {
            let begins = |chunk: &Chunk| {
                let index = document.set.outline.index_at(chunk.span.start);
                let sentence = index.and_then(|index| document.set.outline.sentences().get(index));
                chunk.index == 0 || sentence.is_some_and(|sentence| sentence.span.start == chunk.span.start)
            };
            if !chunks.iter().all(|chunk| begins(chunk)) {
                // Sentences were joined over the edge of a chunk.
                let version = self.version;
                let spans = chunks::divide(&document.article.text, &document.set.outline);
                let all = spans.into_iter().enumerate();
                *chunks = all
                    .map(|(index, span)| Rc::new(Chunk { index, span, version, document: document.clone() }))
                    .collect();
                return;
            }
        }
        let mut indices = BTreeSet::new();
        for span in &touched.spans {
            let first = chunks.partition_point(|chunk| chunk.span.end <= span.start);
            let last = chunks.partition_point(|chunk| chunk.span.start < span.end);
            indices.extend(first..last);
        }
        for index in indices {
            if let Some(chunk) = chunks.get_mut(index) {
                let span = chunk.span;
                *chunk = Rc::new(Chunk { index, span, version: self.version, document: document.clone() });
            }
        }
    }

    pub(super) fn go(&mut self, span: Span, extend: bool) -> bool {
        let before = (self.current, self.anchor);
        self.current = Some(span);
        if !extend {
            self.anchor = Some(span);
        }
        if before.0 != self.current {
            self.field = None;
            self.chosen = None;
            self.picked = self.picked.filter(|words| words.overlaps(span));
        }
        before != (self.current, self.anchor)
    }

    /// Makes what an undo or redo changed visible.
    pub(super) fn show(&mut self, touched: &Touched) {
        let Some(span) = touched.spans.first() else { return };
        let is_seen = self.current.is_some_and(|current| touched.spans.iter().any(|it| it.overlaps(current)));
        if !is_seen && let Some(sentence) = self.document.set.sentence_at(span.start) {
            let sentence = sentence.span;
            self.go(sentence, false);
            self.focus += 1;
        }
    }
}
