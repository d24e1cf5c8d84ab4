//! What opening came to.

use crate::app::state::{Level, Notice, Topic};
use crate::app::words::{count, say, say_with};
use crate::exchange::Warning;
use crate::text::ArticleId;

/// Lines of a report; more are counted.
const REPORTED: usize = 1_000;

/// What opening has come to so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    files: usize,
    articles: usize,
    failed: Vec<String>,
    altered: Vec<String>,
    /// Titles of articles that were here already, and whether the file added something.
    known: Vec<(String, bool)>,
    first: Option<ArticleId>,
}

impl Report {
    /// Files that were dealt with.
    pub(super) fn taken(&self) -> usize {
        self.files
    }

    /// The first article.
    pub(super) fn first(&self) -> Option<&ArticleId> {
        self.first.as_ref()
    }

    /// Counts a file that was opened.
    pub(super) fn file_done(&mut self) {
        self.files += 1;
    }

    /// Counts an article that was not here yet.
    pub(super) fn added(&mut self) {
        self.articles += 1;
    }

    /// Whether an article is the first of all.
    pub(super) fn is_first(&mut self, id: &ArticleId) -> bool {
        let is_first = self.first.is_none();
        self.first.get_or_insert_with(|| id.clone());
        is_first
    }

    /// Notes an article that was here already.
    pub(super) fn known(&mut self, title: &str, is_more: bool) {
        self.known.push((title.into(), is_more));
    }

    /// Notes a file that could not be opened.
    pub(super) fn failed(&mut self, name: &str, reason: &str) {
        self.files += 1;
        self.failed.push(line(name, reason));
    }

    /// Notes a folder that the browser could not read.
    pub(super) fn unreadable(&mut self, name: &str) {
        self.failed.push(line(name, &say("open.unreadable")));
    }

    /// Notes what was left out or altered.
    pub(super) fn altered(&mut self, name: &str, warnings: &[Warning]) {
        self.altered.extend(warnings.iter().map(|warning| line(name, &warning.to_string())));
    }

    /// The report, with a line for each thing concerned; nothing when there is no more to say than that one
    /// article is there.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let mut words = Vec::new();
        if self.articles > 1 || self.articles == 1 && self.files > 1 {
            words.push(count("open.done", self.articles));
        }
        match self.known.as_slice() {
            [] => {}
            [(title, true)] => words.push(say_with("open.merged", &[("title", title)])),
            [(title, false)] => words.push(say_with("open.same", &[("title", title)])),
            many => words.push(count("open.known", many.len())),
        }
        if !self.failed.is_empty() {
            words.push(count("open.failed", self.failed.len()));
        }
        let level = if self.failed.is_empty() { Level::Info } else { Level::Error };
        let told =
            Notice { topic: Topic::Opening, level, words: words.join(" "), details: listed(&self.failed) };
        let altered = Notice {
            topic: Topic::Altered,
            level: Level::Warning,
            words: count("open.altered", self.altered.len()),
            details: listed(&self.altered),
        };
        let mut notices = Vec::new();
        notices.extend((!told.words.is_empty()).then_some(told));
        notices.extend((!self.altered.is_empty()).then_some(altered));
        notices
    }
}

/// The lines of a report; those beyond what a page can show are counted.
fn listed(lines: &[String]) -> Vec<String> {
    let mut shown: Vec<String> = lines.iter().take(REPORTED).cloned().collect();
    if lines.len() > REPORTED {
        shown.push(count("open.more", lines.len() - REPORTED));
    }
    shown
}

fn line(name: &str, reason: &str) -> String {
    let name = if name.is_empty() { say("open.pasted") } else { name.to_owned() };
    say_with("open.line", &[("name", &name), ("reason", reason)])
}
