//! The elements and texts of a page in one vector: no recursion, not even when it is dropped.

use std::num::NonZeroU32;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;

/// Names a node of its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(NonZeroU32);

impl NodeId {
    /// The document, parent of the root element.
    pub(super) const DOCUMENT: Self = Self(NonZeroU32::MIN);

    /// Its place in a list that has one entry for each node.
    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Data {
    /// The document itself.
    Document,
    /// An element: its local name, and those of its attributes that are used.
    Element(LocalName, Box<[(LocalName, StrTendril)]>),
    /// Text.
    Text(StrTendril),
    /// Where what was copied to the clipboard begins.
    FragmentStart,
    /// Where it ends.
    FragmentEnd,
}

#[derive(Debug, Clone)]
struct Node {
    data: Data,
    /// Elements above it when it was put in; those that the parser moves later keep theirs.
    depth: u32,
    parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
}

/// A page's nodes.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.create(Data::Document);
        tree
    }

    /// Number of nodes, those without a parent included.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn data(&self, id: NodeId) -> &Data {
        self.node(id).map_or(&Data::Document, |node| &node.data)
    }

    /// The local name of an element; empty for what is none.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match self.data(id) {
            Data::Element(name, _) => name,
            _ => "",
        }
    }

    /// An attribute's value, if the element has it.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match self.data(id) {
            Data::Element(_, attributes) => {
                attributes.iter().find(|(it, _)| &**it == name).map(|(_, value)| &**value)
            }
            _ => None,
        }
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    pub(super) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.first
    }

    pub(super) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.next
    }

    /// The children of a node, in order.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.first_child(id), |&child| self.next_sibling(child))
    }

    /// A node, then what stands above it, up to the document.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(id), |&id| self.parent(id))
    }

    /// A walk through a node and all below it, in order of the page.
    pub(super) fn walk(&self, root: NodeId) -> Walk<'_> {
        Walk { tree: self, root, next: Some(Step::Enter(root)) }
    }

    /// A node and all below it, in order of the page.
    pub(super) fn descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> {
        self.walk(root).filter_map(|step| match step {
            Step::Enter(id) => Some(id),
            Step::Leave(_) => None,
        })
    }

    /// The text below a node, as it stands in the file.
    pub(super) fn text(&self, root: NodeId) -> String {
        let mut text = String::new();
        for id in self.descendants(root) {
            if let Data::Text(words) = self.data(id) {
                text.push_str(words);
            }
        }
        text
    }

    /// Elements above a node when it was put in.
    pub(super) fn depth(&self, id: NodeId) -> u32 {
        self.node(id).map_or(0, |node| node.depth)
    }

    pub(super) fn create(&mut self, data: Data) -> NodeId {
        let id = NodeId(NonZeroU32::MIN.saturating_add(self.nodes.len() as u32));
        self.nodes.push(Node {
            data,
            depth: 0,
            parent: None,
            first: None,
            last: None,
            previous: None,
            next: None,
        });
        id
    }

    /// Puts a node that has no parent behind the last child of another.
    pub(super) fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = self.node(parent).and_then(|node| node.last);
        self.put(parent, last, child, None);
    }

    /// Puts a node that has no parent before another; nowhere when that has no parent either.
    pub(super) fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        if let Some(parent) = self.parent(sibling) {
            let previous = self.node(sibling).and_then(|node| node.previous);
            self.put(parent, previous, child, Some(sibling));
        }
    }

    /// Adds text behind the last child of a node.
    pub(super) fn append_text(&mut self, parent: NodeId, text: StrTendril) {
        let last = self.node(parent).and_then(|node| node.last);
        if let Some(text) = self.join(last, text) {
            let child = self.create(Data::Text(text));
            self.append(parent, child);
        }
    }

    /// Adds text before a node.
    pub(super) fn insert_text_before(&mut self, sibling: NodeId, text: StrTendril) {
        let previous = self.node(sibling).and_then(|node| node.previous);
        if let Some(text) = self.join(previous, text) {
            let child = self.create(Data::Text(text));
            self.insert_before(sibling, child);
        }
    }

    /// Takes a node out of its parent.
    pub(super) fn detach(&mut self, id: NodeId) {
        let Some(node) = self.node_mut(id) else { return };
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = next,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.first = next;
                }
            }
        }
        match next.and_then(|next| self.node_mut(next)) {
            Some(next) => next.previous = previous,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.node_mut(parent)) {
                    parent.last = previous;
                }
            }
        }
    }

    /// Gives an element those attributes that it lacks.
    pub(super) fn add_attributes(&mut self, id: NodeId, more: impl Iterator<Item = (LocalName, StrTendril)>) {
        if let Some(Node { data: Data::Element(_, attributes), .. }) = self.node_mut(id) {
            let mut all = std::mem::take(attributes).into_vec();
            for (name, value) in more {
                if all.iter().all(|(it, _)| *it != name) {
                    all.push((name, value));
                }
            }
            *attributes = all.into();
        }
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.index())
    }

    /// Joins text to a node that is text; gives it back when it is none.
    fn join(&mut self, id: Option<NodeId>, text: StrTendril) -> Option<StrTendril> {
        match id.and_then(|id| self.node_mut(id)) {
            Some(Node { data: Data::Text(words), .. }) => {
                words.push_tendril(&text);
                None
            }
            _ => Some(text),
        }
    }

    fn put(&mut self, parent: NodeId, previous: Option<NodeId>, child: NodeId, next: Option<NodeId>) {
        let depth = self.depth(parent) + 1;
        if let Some(node) = self.node_mut(child) {
            node.depth = depth;
            node.parent = Some(parent);
            node.previous = previous;
            node.next = next;
        }
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = Some(child),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.first = Some(child);
                }
            }
        }
        match next.and_then(|next| self.node_mut(next)) {
            Some(next) => next.previous = Some(child),
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.last = Some(child);
                }
            }
        }
    }
}

/// A step of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a node, before its children.
    Enter(NodeId),
    /// Out of it, behind them.
    Leave(NodeId),
}

/// A walk in order of the page, which may pass over what is below a node.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    tree: &'a Tree,
    root: NodeId,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Passes over the children of the node that was entered last, and does not leave it either.
    pub(super) fn pass_over(&mut self, id: NodeId) {
        self.next = self.after(id);
    }

    fn after(&self, id: NodeId) -> Option<Step> {
        if id == self.root {
            return None;
        }
        match self.tree.next_sibling(id) {
            Some(next) => Some(Step::Enter(next)),
            None => self.tree.parent(id).map(Step::Leave),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => match self.tree.first_child(id) {
                Some(child) => Some(Step::Enter(child)),
                None => Some(Step::Leave(id)),
            },
            Step::Leave(id) => self.after(id),
        };
        Some(step)
    }
}
