//! Which tokens are weighed at all: those that can be part of a name.

use crate::entities::lexicon::Classes;
use crate::entities::reader::Reader;
use crate::entities::token::{Shape, Token};

/// Which tokens can be part of a name.
pub(super) fn open(reader: &Reader<'_>, proposals: &[u8]) -> Vec<bool> {
    let timed = Classes::MONTH
        .with(Classes::WEEKDAY)
        .with(Classes::DAY_WORD)
        .with(Classes::RELATIVE)
        .with(Classes::SEASON)
        .with(Classes::EDGE);
    let mut open: Vec<bool> = reader
        .tokens
        .iter()
        .zip(proposals)
        .map(|(token, &proposal)| {
            proposal != 0
                || token.is_capital()
                || token.shape.has(Shape::NUMBER)
                || token.any(timed)
                || token.is_mark('$')
                || token.is_mark('€')
                || token.is_mark('£')
                || token.is_mark('¥')
        })
        .collect();
    // Small words and marks between open tokens: "of the", "and", "-", "No.", "al-".
    let mut at = 0;
    while at < open.len() {
        if open.get(at).copied().unwrap_or(false) {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < at + 3
            && end < open.len()
            && !open.get(end).copied().unwrap_or(false)
            && reader.get(end).is_some_and(|token| is_link(token) && reader.runs_on(end))
        {
            end += 1;
        }
        let is_between = end > at
            && at > 0
            && open.get(at - 1).copied().unwrap_or(false)
            && open.get(end).copied().unwrap_or(false)
            && reader.runs_on(end);
        if is_between && let Some(between) = open.get_mut(at..end) {
            between.fill(true);
        }
        // Small heads behind a name: "Adré crossing", "G20 summit".
        let is_head = |index: usize| {
            reader.any(
                index,
                Classes::FACILITY_LOWER
                    .with(Classes::EVENT_LOWER)
                    .with(Classes::FACILITY_SORT)
                    .with(Classes::UNIT)
                    .with(Classes::MAGNITUDE)
                    .with(Classes::CURRENCY_WORD),
            ) && reader.runs_on(index)
        };
        if !is_between
            && at > 0
            && open.get(at - 1).copied().unwrap_or(false)
            && is_head(at)
            && let Some(head) = open.get_mut(at)
        {
            *head = true;
            at += 1;
            continue;
        }
        at = end.max(at + 1);
    }
    open
}

/// Whether a token can stand inside a name without a capital.
fn is_link(token: &Token) -> bool {
    if token.shape.has(Shape::MARK) {
        return ['-', '\'', 's', '&', '/', ',', '.', '+'].iter().any(|&mark| token.is_mark(mark));
    }
    token.any(Classes::FUNCTION.with(Classes::PARTICLE).with(Classes::CONNECTOR))
        || token.is("of")
        || token.is("and")
        || token.is("for")
        || token.is("the")
        || token.is("on")
        || token.is("in")
        || token.is("to")
}
