//! What a page says about its article to search engines: JSON-LD by schema.org.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What is taken from it. Empty where it says nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Data {
    pub(super) headline: String,
    pub(super) authors: Vec<String>,
    pub(super) published: String,
    pub(super) publisher: String,
    pub(super) language: String,
    pub(super) address: String,
    /// The article's words.
    pub(super) body: String,
}

/// Longer scripts are passed over: an article's data is as long as the article at most.
const MAX_SCRIPT: usize = 4_000_000;
/// Objects that are looked at.
const MAX_OBJECTS: usize = 10_000;

/// Reads a page's scripts of JSON-LD. One that is broken is passed over.
pub(super) fn read<'a>(scripts: impl Iterator<Item = &'a str>) -> Data {
    let mut left = MAX_SCRIPT;
    let values: Vec<Value> = scripts
        .filter_map(|script| {
            left = left.checked_sub(script.len())?;
            parse(script)
        })
        .collect();
    let objects = objects(&values);
    let ids: BTreeMap<&str, &Map<String, Value>> = objects
        .iter()
        .filter(|object| object.len() > 1)
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let mut ranked: Vec<(u8, &Map<String, Value>)> =
        objects.iter().map(|object| (rank(object), *object)).filter(|(rank, _)| *rank > 0).collect();
    ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    let mut data = Data::default();
    for (rank, object) in ranked {
        let text =
            |names: &[&str]| names.iter().find_map(|name| text(object.get(*name)?)).unwrap_or_default();
        let fill = |field: &mut String, value: String| {
            if field.is_empty() {
                *field = value;
            }
        };
        if rank > PAGE {
            fill(&mut data.headline, text(&["headline", "name"]));
            fill(&mut data.body, text(&["articleBody"]));
        }
        fill(&mut data.published, text(&["datePublished", "dateCreated"]));
        fill(&mut data.language, text(&["inLanguage"]));
        fill(&mut data.address, text(&["url", "mainEntityOfPage"]));
        let names = |field: &str| object.get(field).map(|value| names(value, &ids)).unwrap_or_default();
        if data.authors.is_empty() && rank > PAGE {
            data.authors = names("author");
            if data.authors.is_empty() {
                data.authors = names("creator");
            }
        }
        fill(&mut data.publisher, names("publisher").into_iter().next().unwrap_or_default());
    }
    data
}

/// The rank of a page that is no article.
const PAGE: u8 = 1;

/// How surely an object is the article: 0 when it is something else.
fn rank(object: &Map<String, Value>) -> u8 {
    let types = match object.get("@type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => return 0,
    };
    let rank = |name: &str| match name.rsplit(['/', ':']).next().unwrap_or(name) {
        "BlogPosting" | "LiveBlogPosting" | "Report" | "PressRelease" | "SpecialAnnouncement" => 3,
        name if name.ends_with("Article") => 3,
        "CreativeWork" | "GovernmentDocument" | "DigitalDocument" | "Statement" => 2,
        "WebPage" | "ItemPage" => PAGE,
        _ => 0,
    };
    types.into_iter().map(rank).max().unwrap_or(0)
}

fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        // The most common fault: line ends inside strings.
        let spaced: String = script.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// All objects at the top, in lists, in `@graph` and the one that a page is about.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(all) => open.extend(all.iter().rev()),
            Value::Object(object) if found.len() < MAX_OBJECTS => {
                open.extend(["mainEntity", "@graph"].iter().filter_map(|field| object.get(*field)));
                found.push(object);
            }
            _ => {}
        }
    }
    found
}

/// The words of a value: of a text, of a list's first, or of an object's name or address.
fn text(value: &Value) -> Option<String> {
    let value = match value {
        Value::Array(all) => all.first()?,
        other => other,
    };
    let text = match value {
        Value::String(text) => text,
        Value::Object(object) => {
            ["name", "@id", "url", "@value"].iter().find_map(|field| object.get(*field)?.as_str())?
        }
        Value::Number(number) => return Some(number.to_string()),
        _ => return None,
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The names of persons or bodies: texts, objects with a name, or references to such.
fn names(value: &Value, ids: &BTreeMap<&str, &Map<String, Value>>) -> Vec<String> {
    let all = match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let name = |value: &Value| match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(object) => object.get("name").and_then(text).or_else(|| {
            let known = ids.get(object.get("@id")?.as_str()?)?;
            known.get("name").and_then(text)
        }),
        _ => None,
    };
    all.iter().take(50).filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        let article = r#"{"@type": "NewsArticle", "headline": "Talks end", "datePublished": "2024-05-03",
            "author": [{"@type": "Person", "name": "Ana Ruiz"}, "Wire"], "publisher": {"name": "The Daily"}}"#;
        let expected = Data {
            headline: "Talks end".into(),
            authors: vec!["Ana Ruiz".into(), "Wire".into()],
            published: "2024-05-03".into(),
            publisher: "The Daily".into(),
            ..Data::default()
        };
        let crumbs = r#"{"@type": "BreadcrumbList", "name": "Crumbs"}"#;
        for script in [
            article.to_owned(),
            format!("[{crumbs}, {article}]"),
            format!(r#"{{"@context": "https://schema.org", "@graph": [{crumbs}, {article}]}}"#),
            format!(r#"{{"@type": "WebPage", "name": "Page", "mainEntity": {article}}}"#),
            format!("<!-- {} -->", article.replace("NewsArticle", "http://schema.org/ReportageNewsArticle")),
            article
                .replace("Talks end", "Talks\nend")
                .replace("Talks\nend\"", "Talks end\"")
                .replace("Ana", "Ana\n"),
        ] {
            let read = read([crumbs, "{broken", &script].into_iter());
            assert_eq!(Data { authors: expected.authors.clone(), ..read }, expected, "{script}");
        }
    }

    #[test]
    fn references_are_followed_once_and_loops_do_no_harm() {
        let script = r##"{"@graph": [
            {"@type": ["Article", "Thing"], "author": {"@id": "#ana"}, "publisher": {"@id": "#loop"},
             "mainEntityOfPage": {"@id": "https://daily.example/1"}},
            {"@id": "#ana", "@type": "Person", "name": "Ana Ruiz"},
            {"@id": "#loop", "publisher": {"@id": "#loop"}}]}"##;
        let data = read([script].into_iter());
        assert_eq!(data.authors, ["Ana Ruiz"]);
        assert_eq!((data.publisher.as_str(), data.address.as_str()), ("", "https://daily.example/1"));
    }

    #[test]
    fn hostile_scripts_are_passed_over() {
        let deep = "[".repeat(100_000);
        let types =
            [r#"{"@type": 3, "headline": {}}"#, r#"{"@type": "Article", "headline": [], "author": [[[]]]}"#];
        for script in [deep.as_str(), "", "null", "\u{0}", types[0], types[1]] {
            assert_eq!(read([script].into_iter()), Data::default(), "{script:.20}");
        }
    }
}
