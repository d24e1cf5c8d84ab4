//! Where html5ever's tree builder puts what it builds: a tree of ours.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, local_name};

use super::tree::{Data, NodeId, Tree};

/// What the tree builder knows of a node.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    id: NodeId,
    namespace: Namespace,
    name: LocalName,
    /// Whether it holds HTML inside a formula.
    is_html_in_formula: bool,
}

impl Handle {
    fn of(id: NodeId) -> Self {
        Self { id, namespace: Namespace::default(), name: LocalName::default(), is_html_in_formula: false }
    }
}

/// Builds the tree as the tree builder says.
#[derive(Debug)]
pub(super) struct Sink {
    pub(super) tree: RefCell<Tree>,
    /// Templates whose words are drawn in the element that they stand in.
    shadows: RefCell<BTreeMap<NodeId, NodeId>>,
    /// Steps in the tree builder's lists so far.
    pub(super) steps: Cell<u64>,
    /// The depth of the node that was put in last.
    pub(super) depth: Cell<u32>,
}

impl Default for Sink {
    fn default() -> Self {
        Self {
            tree: RefCell::new(Tree::new()),
            shadows: RefCell::default(),
            steps: Cell::new(0),
            depth: Cell::new(0),
        }
    }
}

impl Sink {
    /// Counts steps.
    pub(super) fn count(&self, steps: u64) {
        self.steps.set(self.steps.get() + steps);
    }

    fn create(&self, data: Data) -> Handle {
        Handle::of(self.tree.borrow_mut().create(data))
    }

    fn note_depth(&self, tree: &Tree, child: NodeId) {
        self.depth.set(tree.depth(child));
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle::of(NodeId::DOCUMENT)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.count(1);
        ExpandedName { ns: &target.namespace, local: &target.name }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let attributes = attributes.into_iter().map(|it| (it.name.local, it.value)).collect();
        let handle = self.create(Data::Element(name.local.clone(), attributes));
        let is_html_in_formula = flags.mathml_annotation_xml_integration_point;
        Handle { namespace: name.ns, name: name.local, is_html_in_formula, ..handle }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.create(if text.trim() == "StartFragment" { Data::FragmentStart } else { Data::FragmentEnd })
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        // HTML has none: the tokenizer makes comments of them.
        self.create(Data::Text(StrTendril::new()))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendText(text) => tree.append_text(parent.id, text),
            NodeOrText::AppendNode(child) => {
                tree.detach(child.id);
                tree.append(parent.id, child.id);
                self.note_depth(&tree, child.id);
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().parent(element.id).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        // What stands in a template is never drawn: it may lie in the element itself.
        let host = self.shadows.borrow().get(&target.id).copied();
        Handle { id: host.unwrap_or(target.id), ..target.clone() }
    }

    fn same_node(&self, left: &Handle, right: &Handle) -> bool {
        self.count(1);
        left.id == right.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendText(text) => tree.insert_text_before(sibling.id, text),
            NodeOrText::AppendNode(child) => {
                tree.detach(child.id);
                tree.insert_before(sibling.id, child.id);
                self.note_depth(&tree, child.id);
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let attributes = attributes.into_iter().map(|it| (it.name.local, it.value));
        self.tree.borrow_mut().add_attributes(target.id, attributes);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(node.id) {
            self.count(1);
            tree.detach(child);
            tree.append(new_parent.id, child);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        handle.is_html_in_formula
    }

    fn attach_declarative_shadow(&self, host: &Handle, template: &Handle, _: &[Attribute]) -> bool {
        // Its words are drawn, as a page that was saved with its shadow trees holds them.
        host.name != local_name!("template") && {
            self.shadows.borrow_mut().insert(template.id, host.id);
            true
        }
    }
}
