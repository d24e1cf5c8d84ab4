//! What follows a head word and belongs to the name: "of Foreign Affairs", "on the Prohibition of …", "No. 5".

use super::kind::EntityKind;
use super::lexicon::Classes;
use super::scan::Scan;
use super::token::Shape;

/// Most tokens behind a head word.
const BEHIND: usize = 28;

/// The index behind "of Foreign Affairs and International Cooperation of the Kingdom of Cambodia".
pub(super) fn behind(scan: &Scan<'_>, head: usize, kind: EntityKind) -> Option<usize> {
    let reader = scan.reader;
    let token = reader.get(head)?;
    let takes = match kind {
        EntityKind::Organisation => token.any(Classes::ORG_HEAD_OF),
        EntityKind::Agreement => token.any(Classes::AGREEMENT_HEAD_OF),
        EntityKind::Event => token.any(Classes::EVENT_HEAD_OF.with(Classes::EVENT_HEAD_NUMBERED)),
        EntityKind::Facility => token.any(Classes::FACILITY_HEAD_OF),
        _ => token.any(Classes::PLACE_OF),
    };
    if !takes {
        return None;
    }
    let mut end = head + 1;
    let mut found = None;
    for _ in 0..5 {
        match complement(scan, end, kind, found.is_some()) {
            Some(next) if next <= head + BEHIND => {
                end = next;
                found = Some(end);
            }
            _ => break,
        }
    }
    found
}

/// One "of the Kingdom of Cambodia" or "on the Prohibition": the index behind it.
fn complement(scan: &Scan<'_>, at: usize, kind: EntityKind, again: bool) -> Option<usize> {
    let reader = scan.reader;
    if !reader.runs_on(at) {
        return None;
    }
    let is_of = reader.is(at, "of");
    let linked = match kind {
        EntityKind::Organisation => {
            let is_placed = ["mission", "center", "centre", "force", "office"]
                .iter()
                .any(|word| reader.is(at.wrapping_sub(1), word));
            let place = at + 1 + usize::from(reader.is(at + 1, "the"));
            is_of
                || is_placed && reader.is(at, "in") && reader.any(place, Classes::ANY_PLACE)
                || reader.is(at, "for")
                || (reader.is(at, "on") || reader.is(at, "to")) && !again
        }
        EntityKind::Agreement => ["of", "on", "for", "against", "concerning", "between", "to", "in"]
            .iter()
            .any(|word| reader.is(at, word)),
        EntityKind::Event => {
            is_of || reader.is(at, "on") || reader.is(at, "for") || again && reader.is(at, "among")
        }
        _ => is_of,
    };
    if !linked {
        return None;
    }
    let next = at + 1 + usize::from(reader.is(at + 1, "the"));
    if !reader.is_capital(next)
        || !reader.runs_on(next)
        || reader.any(next, Classes::WEEKDAY.with(Classes::MONTH))
    {
        return None;
    }
    if reader.any(next, Classes::FUNCTION)
        && scan.listed(next).is_none()
        && !reader.any(next, Classes::HEAD.with(Classes::HEAD_OF))
    {
        return None;
    }
    // A body, a state or a people already known ends the name.
    if let Some(listed) = scan.listed(next) {
        let hyphen = reader.is_glued_mark(listed.end, '-') && reader.is_glued(listed.end + 1);
        let joins = listed.kind == EntityKind::Group
            || (reader.is_capital(listed.end) || hyphen) && reader.runs_on(listed.end);
        if !joins {
            let is_loose = reader.is(at, "to") || reader.is(at, "in") && kind != EntityKind::Organisation;
            let is_late = again && reader.is(at, "for") && listed.kind == EntityKind::Place;
            return (!is_loose && !is_late).then_some(listed.end);
        }
    }
    if reader.is(at, "to") && kind == EntityKind::Organisation {
        return None;
    }
    Some(run(scan, next, kind))
}

/// The index behind the run of capitals at `at`, with "and", commas and hyphens inside.
fn run(scan: &Scan<'_>, at: usize, kind: EntityKind) -> usize {
    let reader = scan.reader;
    let mut end = at;
    while end < at + BEHIND {
        let Some(token) = reader.get(end) else { break };
        if end > at && token.shape.has(Shape::BREAK) {
            break;
        }
        if token.is_capital() {
            let stops = end > at
                && (token.any(Classes::PORTFOLIO.with(Classes::HONORIFIC)) && !token.any(Classes::HEAD)
                    || token.any(Classes::FUNCTION.with(Classes::WEEKDAY).with(Classes::MONTH))
                        && !token.any(Classes::HEAD.with(Classes::ADJECTIVE)))
                && !reader.is_mark(end + 1, '\'');
            if stops {
                break;
            }
            end += 1;
            continue;
        }
        let glued = token.is_glued() && reader.is_glued(end + 1);
        if end > at && glued && (token.is_mark('-') || token.is_mark('/')) {
            end += 2;
            continue;
        }
        if token.is_mark('s')
            && reader.is_capital(end + 1)
            && reader.runs_on(end + 1)
            && !reader.any(end.saturating_sub(1), Classes::NAME)
        {
            end += 1;
            continue;
        }
        if token.is_mark('&') && reader.is_capital(end + 1) {
            end += 2;
            continue;
        }
        let is_and = token.is("and");
        let is_comma = token.is_mark(',') && kind != EntityKind::Event;
        if (is_and || is_comma && list_follows(scan, end)) && joins(scan, end + 1, kind) {
            end += 1;
            continue;
        }
        break;
    }
    // "Deputy" and the like before a title do not belong to the name.
    while end > at + 1
        && reader.is_capital(end)
        && ["deputy", "vice", "prime", "permanent"].iter().any(|word| reader.is(end - 1, word))
    {
        end -= 1;
    }
    end
}

/// Whether what follows an "and" or comma goes on with the same name.
fn joins(scan: &Scan<'_>, at: usize, kind: EntityKind) -> bool {
    let reader = scan.reader;
    let Some(token) = reader.get(at) else { return false };
    let is_other = scan
        .listed(at)
        .is_some_and(|found| found.kind != EntityKind::Group || kind == EntityKind::Organisation)
        || token.any(Classes::TITLE.with(Classes::HONORIFIC))
            && !token.any(Classes::ADJECTIVE.with(Classes::HEAD))
        || token.any(Classes::HEAD_OF)
            && (reader.is(at + 1, "of") || reader.is(at + 1, "on") || reader.is(at + 1, "for"))
        || token.shape.has(Shape::ALL_CAPS) && !token.shape.has(Shape::SHOUTED)
        || scan.evidence.is_person(token.hash)
        || token.any(Classes::FUNCTION) && !token.any(Classes::ADJECTIVE.with(Classes::TITLE_MODIFIER));
    token.is_capital() && reader.runs_on(at) && !is_other && !token.any(Classes::GIVEN)
}

/// Whether a comma at `at` stands in a list that ends with "and" and a capital: "Science, Technology and Innovation".
fn list_follows(scan: &Scan<'_>, at: usize) -> bool {
    let reader = scan.reader;
    let mut index = at + 1;
    while index < at + 8 && reader.runs_on(index) {
        if reader.is(index, "and") || reader.is_mark(index, '&') {
            return reader.is_capital(index + 1) && index > at;
        }
        if !reader.is_capital(index) && !reader.is_mark(index, ',') {
            return false;
        }
        index += 1;
    }
    false
}

/// The index behind a number that belongs to the name: "No. 5", "2254", "2254 (2015)", "II".
pub(super) fn number_behind(scan: &Scan<'_>, at: usize, kind: EntityKind) -> usize {
    let reader = scan.reader;
    if !reader.runs_on(at) {
        return at;
    }
    if reader.is(at, "no")
        && reader.is_capital(at)
        && reader.get(at + 1).is_some_and(|it| it.shape.has(Shape::NUMBER))
    {
        return at + 2;
    }
    let takes = matches!(kind, EntityKind::Agreement | EntityKind::Facility | EntityKind::Event);
    let is_number =
        reader.get(at).is_some_and(|it| it.shape.has(Shape::DIGITS)) && !reader.any(at + 1, Classes::MONTH);
    if takes && is_number {
        let dated =
            reader.is_mark(at + 1, '(') && reader.number(at + 2).is_some() && reader.is_mark(at + 3, ')');
        let range =
            reader.is_glued_mark(at + 1, '-') && reader.is_glued(at + 2) && reader.number(at + 2).is_some();
        return at
            + if dated {
                4
            } else if range {
                3
            } else {
                1
            };
    }
    if takes && reader.any(at, Classes::SUFFIX) && reader.is_capital(at) && reader.word(at).len() <= 3 {
        return at + 1;
    }
    at
}
