//! Sums of money with their currency.

use super::lexicon::Classes;
use super::reader::Reader;
use super::token::Shape;

/// Signs of currencies.
const SIGNS: [char; 22] = [
    '$', '€', '£', '¥', '₹', '₩', '₽', '₱', '₦', '₴', '₲', '₫', '฿', '₪', '₺', '₡', '₭', '៛', '¢', '₮', '₵',
    '₸',
];

/// The end of the sum that begins at token `at`, if one does. Looks at a bounded number of tokens.
pub(super) fn money_at(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let token = reader.get(at)?;
    if token.shape.has(Shape::MARK) {
        return is_sign(reader, at).then(|| amount(reader, at + 1)).flatten();
    }
    if token.shape.has(Shape::NUMBER) || token.any(Classes::NUMBER_WORD) {
        return amount(reader, at).and_then(|end| currency_word(reader, at, end));
    }
    if !token.is_capital() {
        return None;
    }
    if reader.is_glued(at + 1) && is_sign(reader, at + 1) && token.span.len() <= 3 {
        return amount(reader, at + 2);
    }
    if token.any(Classes::CURRENCY_CODE) && !token.shape.has(Shape::TITLED) {
        let end = amount(reader, at + 1)?;
        let long = reader.word(at + 1).len() > 2 || end > at + 2;
        let known = !reader.is(at, "cop") || end > at + 2;
        return (reader.get(at + 1)?.shape.has(Shape::NUMBER) && long && known).then_some(end);
    }
    glued_code(reader, at)
}

fn is_sign(reader: &Reader<'_>, at: usize) -> bool {
    reader.get(at).is_some_and(|token| token.shape.has(Shape::MARK))
        && reader.word(at).chars().next().is_some_and(|sign| SIGNS.contains(&sign))
}

/// RM450, Rs38bn, P3.9 billion: code and figures are one token.
fn glued_code(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let word = reader.word(at);
    let letters = word.find(|character: char| character.is_ascii_digit())?;
    let code = word.get(..letters)?;
    let figures = word.get(letters..)?;
    let is_sum = figures.starts_with(|character: char| character.is_ascii_digit());
    let end = magnitude(reader, at + 1);
    let is_large = end > at + 1
        || figures.contains([',', '.'])
        || ["bn", "m", "mn", "tr", "tn", "bil", "cr"].iter().any(|unit| figures.ends_with(unit));
    let is_known = match code {
        "RM" | "Rs" | "KSh" | "Ksh" | "Sh" | "Shs" | "Tsh" | "TSh" | "USh" | "Tk" | "Rp" | "BND" | "SR"
        | "QR" | "KD" | "BD" | "CFA" | "EUR" | "USD" | "GBP" | "JPY" | "RMB" | "AUD" | "NZD" | "CHF"
        | "SGD" | "INR" => figures.len() > 1 || is_large,
        "R" | "P" | "K" | "E" | "N" | "M" | "L" | "T" | "VND" | "VNĐ" | "Nfa" | "GHS" | "VT" | "Fr" => {
            is_large
        }
        _ => false,
    };
    (is_sum && is_known).then_some(end)
}

/// A number with its magnitude: 2.5 million, 1.1bn, 2-3 billion, eight. The index behind it.
fn amount(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let token = reader.get(at)?;
    if !token.shape.has(Shape::NUMBER) && !token.any(Classes::NUMBER_WORD) {
        return None;
    }
    let mut end = at + 1;
    let is_range = reader.is_glued_mark(end, '-')
        && reader.get(end + 1).is_some_and(|next| next.shape.has(Shape::NUMBER) && next.is_glued());
    if is_range {
        end += 2;
    }
    // South African figures are spaced: R1 200 000.
    for _ in 0..3 {
        let is_group =
            reader.word(end).len() == 3 && reader.number(end).is_some() && reader.word(end - 1).len() <= 3;
        if !is_group {
            break;
        }
        end += 1;
    }
    Some(magnitude(reader, end))
}

fn magnitude(reader: &Reader<'_>, at: usize) -> usize {
    let word = at + usize::from(reader.is_glued_mark(at, '-'));
    let is_one = reader.any(word, Classes::MAGNITUDE)
        && !reader.get(word).is_some_and(|token| token.shape.has(Shape::BREAK));
    if is_one {
        word + 1 + usize::from(reader.is(word, "hundred") && reader.any(word + 1, Classes::MAGNITUDE))
    } else {
        at
    }
}

/// The index behind the currency's name at `at`: yen, euros, CFA francs, Sri Lankan rupees.
fn currency_word(reader: &Reader<'_>, start: usize, at: usize) -> Option<usize> {
    for next in at..at + 3 {
        let token = reader.get(next).filter(|token| !token.shape.has(Shape::BREAK))?;
        let is_currency = token.any(Classes::CURRENCY_WORD) && !token.shape.has(Shape::ALL_CAPS);
        if is_currency {
            let is_common =
                ["won", "marks", "mark", "crown", "crowns", "sol", "real", "som", "sen", "leu", "lei"]
                    .iter()
                    .any(|word| token.is(word));
            let is_large = at > start + 1 || next > at || reader.word(start).contains(',');
            return (!is_common || is_large).then_some(next + 1);
        }
        let is_sort = token.any(Classes::GROUP)
            || ["cfa", "convertible", "us", "u.s", "cfp", "hong", "kong", "new", "zealand"]
                .iter()
                .any(|word| token.is(word));
        if !is_sort {
            return None;
        }
    }
    None
}
