//! What a page says about its article: title, author, date, source, language, address.

use super::article::{Article, Hints};
use super::dates;
use super::json_ld;
use super::parse::Page;
use super::tree::{NodeId, Tree};
use crate::annotation::Meta;
use crate::text::Extra;

/// A page's words about its article, before the article is found.
#[derive(Debug)]
pub(super) struct Head<'a> {
    tree: &'a Tree,
    saved_from: Option<&'a str>,
    data: json_ld::Data,
    /// Name and content of each `<meta>`, names in lower case.
    metas: Vec<(String, &'a str)>,
    /// The words of `<title>`.
    title: String,
}

impl<'a> Head<'a> {
    pub(super) fn read(page: &'a Page) -> Self {
        let tree = &page.tree;
        let (mut scripts, mut metas, mut title) = (Vec::new(), Vec::new(), None);
        for id in tree.descendants(NodeId::DOCUMENT) {
            let attribute = |name| tree.attribute(id, name);
            match tree.name(id) {
                "script" if attribute("type").is_some_and(is_json_ld) => scripts.push(tree.text(id)),
                "meta" => {
                    let name = attribute("property").or_else(|| attribute("name"));
                    let name = name.or_else(|| attribute("itemprop")).or_else(|| attribute("http-equiv"));
                    if let (Some(name), Some(content)) = (name, attribute("content"))
                        && !content.trim().is_empty()
                        && content.len() <= MOST
                    {
                        metas.push((name.trim().to_ascii_lowercase(), content.trim()));
                    }
                }
                // A title inside a drawing is not the page's.
                "title" if title.is_none() => title = Some(one_line(&tree.text(id))),
                _ => {}
            }
        }
        let data = json_ld::read(scripts.iter().map(String::as_str));
        let title = title.unwrap_or_default();
        Self { tree, saved_from: page.saved_from.as_deref(), data, metas, title }
    }

    /// What helps to find the article.
    pub(super) fn hints(&self) -> Hints {
        let named = [&self.data.headline, self.meta(&["og:title", "twitter:title", "dc.title"]), &self.title];
        let titles: Vec<String> = named.into_iter().filter(|title| title.len() <= MOST).map(plain).collect();
        let parts = titles.iter().flat_map(|title| SEPARATORS.iter().flat_map(|it| title.split(it)));
        let parts = parts.filter(|part| part.chars().count() >= 12).map(str::to_owned);
        Hints::new(titles.iter().cloned().chain(parts), plain(&self.data.body))
    }

    /// The article's words as the page's data has them, paragraph by paragraph: scripts draw some pages from it.
    pub(super) fn body(&self) -> impl Iterator<Item = String> {
        self.data.body.lines().map(plain).filter(|line| !line.is_empty())
    }

    /// What is known about the article.
    pub(super) fn meta_of(&self, article: &Article) -> Meta {
        let (scope, heading) = (article.scope, article.title.as_deref());
        let source = self.source();
        let mut extra = Extra::new();
        let mut put = |name: &str, value: String| {
            if !value.is_empty() {
                extra.insert(name.into(), value.into());
            }
        };
        put("author", self.author(scope));
        put("url", self.address());
        Meta {
            title: self.title_of(heading, &source),
            date: self.date(article),
            language: self.language(scope),
            source,
            extra,
        }
    }

    /// The first of these `<meta>` that the page has.
    fn meta(&self, names: &[&str]) -> &'a str {
        let content = |name: &&str| self.metas.iter().find(|(it, _)| it == name).map(|(_, content)| *content);
        names.iter().find_map(content).unwrap_or_default()
    }

    fn title_of(&self, heading: Option<&str>, source: &str) -> String {
        let named =
            [&self.data.headline, self.meta(&["og:title", "twitter:title", "dc.title", "dcterms.title"])];
        if let Some(title) = named.into_iter().map(plain).find(|title| !title.is_empty()) {
            return without_site(&title, source, heading).to_owned();
        }
        match heading.map(one_line).filter(|heading| !heading.is_empty() && heading.len() <= MOST) {
            Some(heading) => heading,
            None => without_last(without_site(&self.title, source, heading)).to_owned(),
        }
    }

    fn author(&self, scope: NodeId) -> String {
        let mut names = self.data.authors.clone();
        if names.is_empty() {
            const FIELDS: [&str; 9] = [
                "author",
                "article:author",
                "og:article:author",
                "parsely-author",
                "sailthru.author",
                "byl",
                "dc.creator",
                "dcterms.creator",
                "dc.contributor",
            ];
            // Several fields of one name are several authors; one of another name says the same again.
            let of = |field: &&str| {
                let all =
                    self.metas.iter().filter(|(name, _)| name == field).map(|(_, content)| plain(content));
                Some(all.filter(|name| !name.contains("://")).collect::<Vec<_>>())
                    .filter(|all| !all.is_empty())
            };
            names = FIELDS.iter().find_map(of).unwrap_or_default();
        }
        if names.is_empty() {
            names = self.authors_in(scope);
        }
        let mut known: Vec<String> = Vec::new();
        for name in names {
            let name = without_by(&plain(&name)).to_owned();
            let is_name = !name.is_empty() && name.len() <= 200 && !name.contains("://");
            if is_name && !known.contains(&name) && known.len() < 20 {
                known.push(name);
            }
        }
        known.join(", ")
    }

    /// Authors that the article's own markup names.
    fn authors_in(&self, scope: NodeId) -> Vec<String> {
        let tree = self.tree;
        let is_marked = |id: NodeId| {
            let has = |attribute: &str, word: &str| {
                tree.attribute(id, attribute)
                    .is_some_and(|it| it.split_ascii_whitespace().any(|it| it == word))
            };
            has("rel", "author") || has("itemprop", "author")
        };
        let is_line = |id: NodeId| {
            tree.attribute(id, "class").is_some_and(|class| {
                class.split_ascii_whitespace().any(|class| {
                    matches!(
                        class,
                        "byline" | "author" | "author-name" | "byline-name" | "article-author" | "p-author"
                    )
                })
            })
        };
        let name = |id: NodeId| {
            let named =
                tree.descendants(id).take(200).find(|&it| tree.attribute(it, "itemprop") == Some("name"));
            one_line(&tree.text(named.unwrap_or(id)))
        };
        let of = |is_one: &dyn Fn(NodeId) -> bool| -> Vec<String> {
            let found = tree.descendants(scope).filter(|&id| is_one(id)).take(3).map(name);
            found.filter(|name| !name.is_empty() && name.split_whitespace().count() <= 8).collect()
        };
        let marked = of(&is_marked);
        if marked.is_empty() { of(&is_line).into_iter().take(1).collect() } else { marked }
    }

    fn date(&self, article: &Article) -> String {
        const FIELDS: [&str; 24] = [
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "og:published_time",
            "parsely-pub-date",
            "sailthru.date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "publication_date",
            "article.published",
            "cxenseparse:recs:publishtime",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.date",
            "dcterms.created",
            "dc.date.created",
            "originalpublicationdate",
            "article_date_original",
            "displaydate",
            "date",
            "datecreated",
        ];
        let metas = FIELDS.iter().map(|field| self.meta(&[*field]));
        let named: Vec<&str> = std::iter::once(self.data.published.as_str())
            .chain(metas)
            .filter(|date| !date.is_empty())
            .collect();
        if let Some(date) = named.iter().find_map(|date| dates::iso(date)) {
            return date;
        }
        if let Some(date) = self.date_in(article.scope).or_else(|| date_of_line(article)) {
            return date;
        }
        named.first().filter(|date| date.len() <= 100).map(|date| plain(date)).unwrap_or_default()
    }

    /// The date that the article's own markup gives.
    fn date_in(&self, scope: NodeId) -> Option<String> {
        let tree = self.tree;
        let read = |id: NodeId| {
            let stamp = tree.attribute(id, "datetime").or_else(|| tree.attribute(id, "content"));
            stamp.and_then(dates::iso).or_else(|| dates::iso(&tree.text(id)))
        };
        let all = || tree.descendants(scope);
        let is_published = |id: &NodeId| {
            let marks = [tree.attribute(*id, "itemprop"), tree.attribute(*id, "class")];
            tree.attribute(*id, "pubdate").is_some()
                || marks.into_iter().flatten().flat_map(str::split_ascii_whitespace).any(|it| {
                    matches!(
                        it,
                        "datePublished" | "dt-published" | "published" | "entry-date" | "dateCreated"
                    )
                })
        };
        all().filter(is_published).take(20).find_map(read).or_else(|| {
            let is_time = |id: &NodeId| tree.name(*id) == "time" && tree.attribute(*id, "datetime").is_some();
            all().filter(is_time).take(20).find_map(read)
        })
    }

    fn source(&self) -> String {
        let named = [self.meta(&["og:site_name"]), &self.data.publisher];
        let named =
            named.into_iter().chain([self.meta(&["dc.publisher", "dcterms.publisher", "application-name"])]);
        if let Some(name) = named.map(plain).find(|name| !name.is_empty() && name.len() <= MOST) {
            return name;
        }
        let address = self.address();
        let host = address.split_once("://").map_or("", |(_, rest)| rest);
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase()
    }

    /// The page's own address: only what leads over the web.
    fn address(&self) -> String {
        let tree = self.tree;
        let is_canonical = |id: &NodeId| {
            tree.name(*id) == "link"
                && tree.attribute(*id, "rel").is_some_and(|rel| {
                    rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical"))
                })
        };
        let canonical = tree.descendants(NodeId::DOCUMENT).find(is_canonical);
        let canonical = canonical.and_then(|id| tree.attribute(id, "href")).unwrap_or_default();
        let own =
            [canonical, self.meta(&["og:url"]), &self.data.address, self.saved_from.unwrap_or_default()];
        own.into_iter().map(str::trim).find(|it| is_address(it)).unwrap_or_default().to_owned()
    }

    fn language(&self, scope: NodeId) -> String {
        let tree = self.tree;
        let above = tree
            .ancestors(scope)
            .find_map(|id| tree.attribute(id, "lang").filter(|lang| !lang.trim().is_empty()));
        let root = || tree.children(NodeId::DOCUMENT).find_map(|id| tree.attribute(id, "lang"));
        let named = [
            above.or_else(root).unwrap_or_default(),
            self.meta(&["content-language", "dc.language", "dcterms.language", "og:locale"]),
            &self.data.language,
        ];
        named.into_iter().find_map(language).unwrap_or_default()
    }
}

/// The date that a line of its own beside the title gives.
fn date_of_line(article: &Article) -> Option<String> {
    let is_line = |text: &str| text.len() <= 80 && text.split_whitespace().count() <= 8;
    let near = article.pieces.iter().take(6).filter(|piece| piece.kind.is_none() && is_line(&piece.text));
    near.map(|piece| piece.text.as_str()).find_map(dates::iso)
}

/// Longer values say nothing that a field could hold.
const MOST: usize = 2_000;

fn is_json_ld(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/ld+json")
}

/// Whether something is an address on the web, in one piece.
fn is_address(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or_default().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && address.len() <= MOST
        && !address
            .contains(|it: char| it.is_whitespace() || it.is_control() || matches!(it, '<' | '>' | '"'))
}

/// A BCP 47 tag, if it looks like one.
pub(super) fn language(raw: &str) -> Option<String> {
    let tag = raw.split([',', ';', '.']).next()?.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let is_primary = parts
        .next()
        .is_some_and(|it| matches!(it.len(), 2 | 3) && it.bytes().all(|it| it.is_ascii_alphabetic()));
    let is_rest =
        parts.all(|it| (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric()));
    (is_primary && is_rest && tag.len() <= 35).then_some(tag)
}

/// Words in one line, with references like `&amp;` that were escaped once too often resolved.
fn plain(words: &str) -> String {
    let words = one_line(words);
    if !words.contains('&') || !words.contains(';') {
        return words;
    }
    match super::parse::parse(&words.replace('<', "&lt;")) {
        Ok(page) => one_line(&page.tree.text(NodeId::DOCUMENT)),
        Err(_) => words,
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "By Ana Ruiz": the name alone.
fn without_by(name: &str) -> &str {
    let by = name.get(..3).filter(|by| by.eq_ignore_ascii_case("by "));
    by.and_then(|_| name.get(3..)).unwrap_or(name).trim()
}

/// Signs between a page's title and its site's name.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "];

/// A title without the site's name before or behind it, or without all that goes beyond the article's heading.
fn without_site<'a>(title: &'a str, site: &str, heading: Option<&str>) -> &'a str {
    for separator in SEPARATORS {
        if let Some((front, back)) = title.rsplit_once(separator)
            && (!site.is_empty() && back.trim().eq_ignore_ascii_case(site) || Some(front.trim()) == heading)
        {
            return front.trim();
        }
        if let Some((front, back)) = title.split_once(separator)
            && (!site.is_empty() && front.trim().eq_ignore_ascii_case(site) || Some(back.trim()) == heading)
        {
            return back.trim();
        }
    }
    title
}

/// A title without a short last part, which as a rule is the site's name.
fn without_last(title: &str) -> &str {
    let words = |part: &str| part.split_whitespace().count();
    let cut = SEPARATORS
        .iter()
        .filter_map(|separator| title.rsplit_once(separator))
        .min_by_key(|(_, back)| back.len());
    match cut {
        Some((front, back)) if words(back) <= 5 && words(front) >= 3 && words(front) > words(back) => {
            front.trim()
        }
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_is_cut_off_the_title() {
        for (title, site, heading, expected) in [
            ("Talks end in Accra | The Daily", "The Daily", None, "Talks end in Accra"),
            ("The Daily - Talks end", "the daily", None, "Talks end"),
            ("Talks end – Politics – Daily", "", Some("Talks end"), "Talks end – Politics – Daily"),
            ("Talks end - World", "", Some("Talks end"), "Talks end"),
            ("Talks - end", "The Daily", None, "Talks - end"),
        ] {
            assert_eq!(without_site(title, site, heading), expected, "{title}");
        }
        assert_eq!(without_last("Ministers end talks in Accra - Daily News"), "Ministers end talks in Accra");
        assert_eq!(
            without_last("Accra - Lomé road reopens after the flood"),
            "Accra - Lomé road reopens after the flood"
        );
    }

    #[test]
    fn languages_are_tags_or_nothing() {
        for (raw, expected) in [
            ("en", Some("en")),
            ("en_US", Some("en-US")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("pt-BR, en", Some("pt-BR")),
            ("en_US.UTF-8", Some("en-US")),
            ("", None),
            ("english", None),
            ("{{lang}}", None),
        ] {
            assert_eq!(language(raw).as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn only_addresses_on_the_web_are_taken() {
        assert!(is_address("HTTPS://daily.example/a?b#c"));
        for address in
            ["javascript:alert(1)", "/relative", "data:text/html,x", "https://a b", "http://x\"onclick=", ""]
        {
            assert!(!is_address(address), "{address}");
        }
    }
}
