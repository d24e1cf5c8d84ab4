//! Tells by markup what is no part of an article: what is not drawn, and what stands around articles.

use std::sync::OnceLock;

use super::tree::{NodeId, Tree};

/// What an element is to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// It may belong to it.
    Open,
    /// It stands around it, unless it holds much prose: a share button, a box that asks for money. Some pages call what
    /// only subscribers see so.
    Maybe,
    /// As a rule it stands around it: a menu, a list of other articles.
    Around,
    /// It is something else, however long it is: comments of readers, a cookie notice.
    Never,
    /// It is marked as hidden. Pages are also saved while something lies over the article and hides it.
    Hidden,
    /// It is not drawn as words: a script, a style, a picture.
    Undrawn,
}

/// What an element is to the article, by its own name and attributes.
pub(super) fn part(tree: &Tree, id: NodeId) -> Part {
    let name = tree.name(id);
    if is_undrawn(name) {
        return Part::Undrawn;
    }
    if is_hidden(tree, id) {
        return Part::Hidden;
    }
    match name {
        // Posts of other sites are quoted in articles under names like "social".
        "" | "html" | "body" | "main" | "article" | "blockquote" | "figure" | "figcaption" | "pre" => {
            return Part::Open;
        }
        "nav" | "dialog" => return Part::Never,
        "menu" | "form" => return Part::Around,
        "aside" if !is_own_aside(tree, id) => return Part::Around,
        _ => {}
    }
    match tree.attribute(id, "role").map(str::trim) {
        Some("navigation" | "search" | "dialog" | "alertdialog") => return Part::Never,
        Some("banner" | "contentinfo" | "complementary" | "menu" | "menubar" | "toolbar" | "button") => {
            return Part::Around;
        }
        _ => {}
    }
    // A class on a word inside a paragraph never costs the word.
    if is_phrase(name) {
        return Part::Open;
    }
    by_names(tree, id)
}

/// Whether an element is not drawn as words, whatever its attributes.
pub(super) fn is_undrawn(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "base"
            | "iframe"
            | "object"
            | "embed"
            | "applet"
            | "canvas"
            | "audio"
            | "video"
            | "svg"
            | "map"
            | "select"
            | "datalist"
            | "optgroup"
            | "option"
            | "textarea"
            | "input"
            | "noembed"
            | "noframes"
            | "frameset"
            | "param"
            | "rt"
            | "rp"
            | "annotation"
            | "annotation-xml"
    )
}

/// Whether an element is marked as hidden.
pub(super) fn is_hidden(tree: &Tree, id: NodeId) -> bool {
    let hidden = tree.attribute(id, "hidden");
    if hidden.is_some_and(|value| !value.trim().eq_ignore_ascii_case("until-found")) {
        return true;
    }
    if tree.attribute(id, "aria-hidden").is_some_and(|value| value.trim().eq_ignore_ascii_case("true")) {
        return true;
    }
    if tree.name(id) == "dialog" && tree.attribute(id, "open").is_none() {
        return true;
    }
    if tree.attribute(id, "style").is_some_and(hides) {
        return true;
    }
    let classes = tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace();
    classes.take(MAX_NAMES).any(|class| Lists::get().unseen.binary_search(&class).is_ok())
}

/// Whether an inline style hides its element.
fn hides(style: &str) -> bool {
    const HIDING: [(&str, &str); 4] =
        [("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"), ("mso-hide", "all")];
    HIDING.iter().any(|(property, value)| declares(style, property, value))
}

/// Whether an inline style gives a property this value.
pub(super) fn declares(style: &str, property: &str, value: &str) -> bool {
    style.split(';').any(|declaration| {
        declaration.split_once(':').is_some_and(|(name, is)| {
            let is = is.trim();
            let is = is.split_once('!').map_or(is, |(is, _)| is.trim_end());
            name.trim().eq_ignore_ascii_case(property) && is.eq_ignore_ascii_case(value)
        })
    })
}

/// A name longer than so many words, or an element of more names, is not looked at further.
const MAX_NAMES: usize = 40;

fn by_names(tree: &Tree, id: NodeId) -> Part {
    let names = |attribute| tree.attribute(id, attribute).unwrap_or_default().split_ascii_whitespace();
    let mut part = Part::Open;
    for name in names("id").chain(names("class")).take(MAX_NAMES) {
        let words = words_of(name);
        let lists = Lists::get();
        if lists.never.binary_search(&words.join("-").as_str()).is_ok() {
            return Part::Never;
        }
        let found = if holds(&lists.around, &words) {
            Part::Around
        } else if holds(&lists.maybe, &words) {
            Part::Maybe
        } else {
            Part::Open
        };
        part = part.max(found);
    }
    part
}

/// The words of a class or id, in lower case: parted by what is no letter or digit, and by capitals.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in name.chars().take(200) {
        if letter.is_alphanumeric() {
            let starts = !before.is_alphanumeric() || before.is_lowercase() && letter.is_uppercase();
            if starts {
                if words.len() == MAX_NAMES {
                    break;
                }
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        before = letter;
    }
    words
}

/// Whether an `<aside>` belongs to the article: a pulled quote, a box with facts.
fn is_own_aside(tree: &Tree, id: NodeId) -> bool {
    let is_quote = tree.descendants(id).take(40).any(|it| tree.name(it) == "blockquote");
    let names = [tree.attribute(id, "class"), tree.attribute(id, "id")];
    is_quote
        || names.into_iter().flatten().flat_map(words_of).any(|word| {
            matches!(
                word.as_str(),
                "pullquote"
                    | "pull"
                    | "quote"
                    | "fact"
                    | "facts"
                    | "factbox"
                    | "infobox"
                    | "note"
                    | "key"
                    | "summary"
            )
        })
}

/// Whether an element stands among words as they do.
pub(super) fn is_phrase(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "ruby"
            | "rb"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Whether a line stands between paragraphs and belongs to no article.
pub(super) fn is_stray_line(line: &str) -> bool {
    Lists::get().line.binary_search(&bare(line).as_str()).is_ok()
}

/// Whether a line leads to other articles.
pub(super) fn leads_to_others(line: &str) -> bool {
    Lists::get().list.binary_search(&bare(line).as_str()).is_ok()
}

/// A line in lower case without what stands round its words; empty when it is long.
fn bare(line: &str) -> String {
    if line.len() > 80 {
        return String::new();
    }
    let words = line.trim_matches(|it: char| !it.is_alphanumeric()).replace('’', "'").to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lists of `data/page/parts.txt`, sorted.
struct Lists {
    never: Vec<&'static str>,
    around: Vec<Entry>,
    maybe: Vec<Entry>,
    unseen: Vec<&'static str>,
    line: Vec<&'static str>,
    list: Vec<&'static str>,
}

impl Lists {
    fn get() -> &'static Self {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| {
            let file = include_str!("../../../../data/page/parts.txt");
            Lists {
                never: section(file, "never"),
                around: entries(file, "around"),
                maybe: entries(file, "maybe"),
                unseen: section(file, "unseen"),
                line: section(file, "line"),
                list: section(file, "list"),
            }
        })
    }
}

/// An entry's words.
type Entry = Vec<&'static str>;

/// Whether one of the entries stands among the words of a name: "sidebar", but not "has-sidebar", which is said of what
/// stands beside it.
fn holds(entries: &[Entry], words: &[String]) -> bool {
    const BESIDE: [&str; 6] = ["has", "had", "with", "without", "no", "not"];
    (0..words.len()).any(|at| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        if before.is_some_and(|before| BESIDE.contains(&before.as_str())) {
            return false;
        }
        let rest = words.get(at..).unwrap_or_default();
        let Some(first) = rest.first() else { return false };
        let from = entries.partition_point(|entry| entry.first().is_some_and(|it| **it < **first));
        let mut same = entries.iter().skip(from).take_while(|entry| entry.first() == Some(&first.as_str()));
        same.any(|entry| entry.len() <= rest.len() && entry.iter().zip(rest).all(|(it, word)| it == word))
    })
}

/// The entries of a section by their words, sorted.
fn entries(file: &'static str, name: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> =
        section(file, name).into_iter().map(|entry| entry.split('-').collect()).collect();
    entries.sort_unstable();
    entries
}

/// The entries of a section, sorted.
fn section(file: &'static str, name: &str) -> Vec<&'static str> {
    let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let heads = |line: &str| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) == Some(name);
    let mut entries: Vec<_> =
        lines.skip_while(|line| !heads(line)).skip(1).take_while(|line| !line.starts_with('[')).collect();
    entries.sort_unstable();
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        let check = |name: &str, is_around: bool| {
            let (lists, words) = (Lists::get(), words_of(name));
            assert_eq!(holds(&lists.around, &words) || holds(&lists.maybe, &words), is_around, "{name}");
        };
        for name in
            ["share", "post_share", "shareBar", "site-footer-2", "js-related-articles", "most-read", "topAd"]
        {
            check(name, true);
        }
        for name in [
            "has-sidebar",
            "no_comments",
            "withRelated",
            "shared-values",
            "header",
            "loading",
            "adhoc",
            "read",
            "widget",
            "",
            "--",
        ] {
            check(name, false);
        }
    }

    #[test]
    fn styles_that_hide_are_seen() {
        for style in
            ["display:none", "color:red; DISPLAY : none !important", "visibility:hidden", "mso-hide:all"]
        {
            assert!(hides(style), "{style}");
        }
        for style in ["", "display:block", "display", "none", "animation-name:display-none"] {
            assert!(!hides(style), "{style}");
        }
    }

    #[test]
    fn stray_lines_are_seen_with_what_stands_round_them() {
        for line in ["ADVERTISEMENT", "— Advertisement —", "Share this:", "広告"] {
            assert!(is_stray_line(line), "{line}");
        }
        assert!(!is_stray_line("The advertisement was withdrawn."));
        assert!(leads_to_others("Don’t miss"));
    }
}
