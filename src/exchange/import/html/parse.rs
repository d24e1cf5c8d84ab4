//! From HTML to a tree, by html5ever's tokenizer and tree builder into a tree of our own.
//!
//! Why html5ever and not `scraper`: scraper is html5ever with a tree and CSS selectors over it (the crates `selectors`,
//! `cssparser`, `ego-tree` on top), of which the importer would use the tree alone. And it gives no room for bounds:
//! a hostile page costs html5ever time with the square of its depth or of a tag's attributes, and must be stopped
//! while it is parsed. So the tokens pass through a gate of ours, and the tree is ours.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, TokenizerResult, local_name};

use super::super::super::OpenError;
use super::tags::TagScan;
use super::tree::{Data, NodeId, Tree};

/// The most elements and texts that a page may have.
pub(super) const MAX_NODES: usize = 1_000_000;
/// The deepest that elements may lie in each other.
pub(super) const MAX_DEPTH: u32 = 1_000;
/// The most attributes that a tag may have: the tokenizer compares each with all before it.
pub(super) const MAX_ATTRIBUTES: usize = 1_000;
/// Steps in the tree builder's lists that a page may take, for each byte and in all. News pages take about one.
const STEPS_A_BYTE: u64 = 64;
const STEPS: u64 = 20_000_000;
/// Pieces in which the tokenizer is fed, in bytes: a tag of so many may be looked at before it is fed.
const PIECE: usize = 1024;

/// A parsed page.
#[derive(Debug)]
pub(super) struct Page {
    /// Its elements and texts.
    pub(super) tree: Tree,
    /// Where a browser saved it from, as the browser noted it.
    pub(super) saved_from: Option<String>,
}

/// Parses a page, whatever its faults.
///
/// # Errors
/// [`OpenError::Import`] with the figure when the page is nested too deep or has too many parts.
pub(super) fn parse(html: &str) -> Result<Page, OpenError> {
    let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
    let gate = Gate {
        builder: TreeBuilder::new(Sink::default(), options),
        tokens: Cell::new(0),
        steps: STEPS_A_BYTE * html.len() as u64 + STEPS,
        fault: RefCell::new(None),
        saved_from: RefCell::new(None),
    };
    let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
    let input = BufferQueue::default();
    let whole = StrTendril::from_slice(html);
    let mut open = Open::default();
    let mut from = 0;
    while from < html.len() {
        let to = piece_end(html, from);
        open.look(html.as_bytes(), from, to)?;
        let tokens = tokenizer.sink.tokens.get();
        if let Ok(piece) = whole.try_subtendril(from as u32, (to - from) as u32) {
            input.push_back(piece);
        }
        // Scripts and encodings that turn up change nothing.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        if let Some(fault) = tokenizer.sink.fault.take() {
            return Err(OpenError::Import(fault));
        }
        open.fed(tokenizer.sink.tokens.get() > tokens, to);
        from = to;
    }
    tokenizer.end();
    let gate = tokenizer.sink;
    match gate.fault.into_inner() {
        Some(fault) => Err(OpenError::Import(fault)),
        None => Ok(Page { tree: gate.builder.sink.finish(), saved_from: gate.saved_from.into_inner() }),
    }
}

/// Where the piece that starts at `from` ends: before the next `<`, or after [`PIECE`] bytes.
fn piece_end(html: &str, from: usize) -> usize {
    let most = html.floor_char_boundary((from + PIECE).min(html.len()));
    let rest = html.as_bytes().get(from + 1..most).unwrap_or_default();
    rest.iter().position(|&byte| byte == b'<').map_or(most, |at| from + 1 + at)
}

/// What the tokenizer has been fed since the last token came out.
#[derive(Debug, Default)]
struct Open {
    /// Whether there is anything: a tag or comment that is not closed yet.
    is_open: bool,
    scan: TagScan,
    /// Up to where `scan` has read.
    scanned: usize,
}

impl Open {
    /// Looks at a piece before it is fed, when it may be part of a long tag.
    fn look(&mut self, html: &[u8], from: usize, to: usize) -> Result<(), OpenError> {
        if !self.is_open && to - from + 4 < PIECE {
            return Ok(());
        }
        let attributes = self.scan.read(html.get(self.scanned..to).unwrap_or_default());
        self.scanned = to;
        if attributes <= MAX_ATTRIBUTES {
            return Ok(());
        }
        let line = html.get(..from).unwrap_or_default().iter().filter(|&&byte| byte == b'\n').count() + 1;
        Err(OpenError::Import(format!(
            "line {line}: a tag has more than {MAX_ATTRIBUTES} attributes: {ADVICE}"
        )))
    }

    fn fed(&mut self, has_token: bool, to: usize) {
        self.is_open = !has_token;
        if has_token {
            self.scan = TagScan::default();
            self.scanned = to;
        }
    }
}

const ADVICE: &str = "copy the article's words out of the page and paste them";

/// Attributes that are used.
fn is_used(name: &LocalName) -> bool {
    matches!(
        &**name,
        "alt"
            | "aria-hidden"
            | "charset"
            | "class"
            | "content"
            | "datetime"
            | "hidden"
            | "href"
            | "http-equiv"
            | "id"
            | "itemprop"
            | "itemtype"
            | "lang"
            | "name"
            | "open"
            | "property"
            | "pubdate"
            | "rel"
            | "role"
            | "shadowrootmode"
            | "style"
            | "type"
    )
}

/// Stands between the tokenizer and the tree builder: counts, stops what is too much, and lets pass what is used.
struct Gate {
    builder: TreeBuilder<Handle, Sink>,
    /// Tokens that came out so far.
    tokens: Cell<u64>,
    /// Steps that this page may take.
    steps: u64,
    /// Why the page is refused.
    fault: RefCell<Option<String>>,
    saved_from: RefCell<Option<String>>,
}

impl Gate {
    fn check(&self) {
        let sink = &self.builder.sink;
        let what = if sink.depth.get() > MAX_DEPTH {
            format!("the page is nested deeper than {MAX_DEPTH} elements")
        } else if sink.tree.borrow().len() > MAX_NODES {
            format!("the page has more than {MAX_NODES} elements and texts")
        } else if sink.steps.get() > self.steps {
            format!(
                "the page's tags are so entangled that it takes more than {} steps to sort them",
                self.steps
            )
        } else {
            return;
        };
        *self.fault.borrow_mut() = Some(format!("{what}: {ADVICE}"));
    }

    /// Notes what a comment says; whether the tree needs it.
    fn reads_comment(&self, comment: &str) -> bool {
        let comment = comment.trim();
        if let Some(rest) = comment.strip_prefix("saved from url=(")
            && let Some((_, address)) = rest.split_once(')')
        {
            *self.saved_from.borrow_mut() = Some(address.trim().into());
        }
        comment == "StartFragment" || comment == "EndFragment"
    }
}

impl TokenSink for Gate {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        self.tokens.set(self.tokens.get() + 1);
        if self.fault.borrow().is_some() {
            return TokenSinkResult::Continue;
        }
        let token = match token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::CommentToken(comment) if !self.reads_comment(&comment) => {
                return TokenSinkResult::Continue;
            }
            Token::TagToken(mut tag) => {
                tag.attrs.retain(|attribute| is_used(&attribute.name.local));
                self.builder.sink.count(weight(&tag, self.builder.sink.depth.get()));
                Token::TagToken(tag)
            }
            other => other,
        };
        let result = self.builder.process_token(token, line);
        self.check();
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Steps that a tag costs unseen: one that formats is compared with all open ones, attribute by attribute.
fn weight(tag: &Tag, deepest: u32) -> u64 {
    let is_formatting = tag.kind == TagKind::StartTag && !tag.attrs.is_empty();
    if is_formatting { u64::from(deepest) * (1 + tag.attrs.len() as u64) } else { 1 }
}

/// What the tree builder knows of a node.
#[derive(Debug, Clone)]
struct Handle {
    id: NodeId,
    namespace: Namespace,
    name: LocalName,
}

/// Builds the tree as the tree builder says.
#[derive(Debug)]
struct Sink {
    tree: RefCell<Tree>,
    /// Templates whose words are drawn in the element that they stand in.
    shadows: RefCell<BTreeMap<NodeId, NodeId>>,
    steps: Cell<u64>,
    /// The depth of the node that was put in last.
    depth: Cell<u32>,
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
    fn count(&self, steps: u64) {
        self.steps.set(self.steps.get() + steps);
    }

    fn create(&self, data: Data) -> Handle {
        let id = self.tree.borrow_mut().create(data);
        Handle { id, namespace: Namespace::default(), name: LocalName::default() }
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
        Handle { id: NodeId::DOCUMENT, namespace: Namespace::default(), name: LocalName::default() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.count(1);
        ExpandedName { ns: &target.namespace, local: &target.name }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attributes = attributes.into_iter().map(|it| (it.name.local, it.value)).collect();
        let handle = self.create(Data::Element(name.local.clone(), attributes));
        Handle { namespace: name.ns, name: name.local, ..handle }
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

    fn attach_declarative_shadow(&self, host: &Handle, template: &Handle, _: &[Attribute]) -> bool {
        // Its words are drawn, as a page that was saved with its shadow trees holds them.
        host.name != local_name!("template") && {
            self.shadows.borrow_mut().insert(template.id, host.id);
            true
        }
    }
}
