//! Annotations of one kind, found by id and by place, cheap to clone.

use std::collections::HashMap;
use std::rc::Rc;

use rpds::RedBlackTreeMap;

use super::id::Id;
use crate::text::Span;

/// What a layer holds: it has an id and a place.
pub trait Placed {
    /// Names it.
    fn id(&self) -> &Id;
    /// Where it stands, in bytes.
    fn span(&self) -> Span;
}

/// Annotations of one kind.
///
/// The base is what the analysis found: immutable, shared, sorted by place. Over it lies what changed since, in
/// persistent maps. So a clone costs the same for any article, a change is logarithmic, and what changed since
/// the analysis is known without a search.
#[derive(Debug, Clone)]
pub struct Layer<T> {
    base: Rc<Base<T>>,
    /// What stands instead of the base's annotation with this id, or besides it; `None`: it is gone.
    over: RedBlackTreeMap<Id, Option<Rc<T>>>,
    /// The annotations of `over` that are there, by place.
    places: RedBlackTreeMap<(u32, u32, Id), Rc<T>>,
    /// Bytes of the longest annotation that was ever put over the base.
    longest: u32,
    len: usize,
}

#[derive(Debug)]
struct Base<T> {
    sorted: Vec<Rc<T>>,
    /// The furthest end among the annotations up to and including each one.
    reach: Vec<u32>,
    index: HashMap<Id, usize>,
}

impl<T: Placed> Default for Layer<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T: Placed> Layer<T> {
    /// The layer over what the analysis found, in any order. Of two with the same id the last one stands.
    pub fn new(found: Vec<Rc<T>>) -> Self {
        let mut sorted: Vec<Rc<T>> = found;
        sorted.sort_by(|left, right| place(left.as_ref()).cmp(&place(right.as_ref())));
        sorted.reverse();
        let mut seen = std::collections::HashSet::new();
        sorted.retain(|item| seen.insert(item.id().clone()));
        sorted.reverse();
        let index = sorted.iter().enumerate().map(|(index, item)| (item.id().clone(), index)).collect();
        let mut furthest = 0;
        let reach = sorted
            .iter()
            .map(|item| {
                furthest = furthest.max(item.span().end);
                furthest
            })
            .collect();
        let len = sorted.len();
        let base = Rc::new(Base { sorted, reach, index });
        Self { base, over: RedBlackTreeMap::new(), places: RedBlackTreeMap::new(), longest: 0, len }
    }

    /// Number of annotations.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The annotation with this id.
    pub fn get(&self, id: &Id) -> Option<&Rc<T>> {
        match self.over.get(id) {
            Some(over) => over.as_ref(),
            None => self.found(id),
        }
    }

    /// What the analysis found under this id.
    pub fn found(&self, id: &Id) -> Option<&Rc<T>> {
        self.base.sorted.get(*self.base.index.get(id)?)
    }

    /// Puts an annotation, in place of the one with its id; gives back what stood there.
    pub fn insert(&mut self, item: Rc<T>) -> Option<Rc<T>> {
        let before = self.take(item.id());
        self.longest = self.longest.max(item.span().end - item.span().start);
        self.places.insert_mut(key(item.as_ref()), item.clone());
        self.over.insert_mut(item.id().clone(), Some(item));
        self.len += 1;
        before
    }

    /// Takes the annotation with this id away; gives back what stood there.
    pub fn remove(&mut self, id: &Id) -> Option<Rc<T>> {
        let before = self.take(id)?;
        if self.found(id).is_some() {
            self.over.insert_mut(id.clone(), None);
        } else {
            self.over.remove_mut(id);
        }
        Some(before)
    }

    fn take(&mut self, id: &Id) -> Option<Rc<T>> {
        let before = self.get(id)?.clone();
        self.places.remove_mut(&key(before.as_ref()));
        self.len -= 1;
        Some(before)
    }

    /// The annotations that share a byte with `span`, in order of the text.
    pub fn touching(&self, span: Span) -> Vec<Rc<T>> {
        let from = self.base.reach.partition_point(|&reach| reach <= span.start);
        let to = self.base.sorted.partition_point(|item| item.span().start < span.end);
        let base = self.base.sorted.get(from..to.max(from)).unwrap_or_default().iter();
        let mut items: Vec<Rc<T>> = base
            .filter(|item| item.span().overlaps(span) && !self.over.contains_key(item.id()))
            .cloned()
            .collect();
        let before_changes = items.len();
        // One that starts before the span but reaches into it starts no further back than the longest is long.
        let changed = self.places.range((span.start.saturating_sub(self.longest), 0, Id::from(""))..);
        items.extend(
            changed
                .take_while(|((start, _, _), _)| *start < span.end)
                .filter(|((start, end, _), _)| *start < span.end && span.start < *end)
                .map(|(_, item)| item.clone()),
        );
        if items.len() > before_changes {
            items.sort_by(|left, right| place(left.as_ref()).cmp(&place(right.as_ref())));
        }
        items
    }

    /// Every annotation, in order of the text. For files and counts at opening, not for each key press.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<T>> {
        let mut base = self.base.sorted.iter().filter(|item| !self.over.contains_key(item.id())).peekable();
        let mut changed = self.places.iter().map(|(_, item)| item).peekable();
        std::iter::from_fn(move || match (base.peek(), changed.peek()) {
            (Some(left), Some(right)) if place(left.as_ref()) <= place(right.as_ref()) => base.next(),
            (Some(_), None) => base.next(),
            _ => changed.next(),
        })
    }

    /// What differs from the analysis: the id, what was found under it, what stands now.
    pub fn changes(&self) -> impl Iterator<Item = (&Id, Option<&Rc<T>>, Option<&Rc<T>>)> {
        self.over.iter().map(|(id, now)| (id, self.found(id), now.as_ref()))
    }
}

fn place<T: Placed>(item: &T) -> (u32, u32, &Id) {
    (item.span().start, item.span().end, item.id())
}

fn key<T: Placed>(item: &T) -> (u32, u32, Id) {
    (item.span().start, item.span().end, item.id().clone())
}

impl<T: Placed + PartialEq> PartialEq for Layer<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}
