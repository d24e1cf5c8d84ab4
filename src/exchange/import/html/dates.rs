//! Dates as pages write them, as ISO 8601.

use time::format_description::well_known::Rfc2822;
use time::{Date, Month, OffsetDateTime};

/// A date in ISO 8601, with its time where the page gives one; `None` when it cannot be told.
///
/// Read are ISO 8601 and what looks like it, RFC 2822, seconds since 1970, a month's English name with day and year, and
/// 年月日. "05/06/2024" is not: it means two days.
pub(super) fn iso(raw: &str) -> Option<String> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > 100 {
        return None;
    }
    numeric(raw)
        .or_else(|| since_1970(raw))
        .or_else(|| rfc2822(raw))
        .or_else(|| named(raw))
        .or_else(|| east_asian(raw))
}

/// A whole number at the start, of so many digits at most, and what follows.
fn number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(length)?;
    Some((number.parse().ok()?, rest))
}

fn day(year: u32, month: u32, day: u32) -> Option<String> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    let is_likely = (1500..=2999).contains(&date.year());
    is_likely.then(|| format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}

/// `2024-05-03T10:00:00+09:00` and its kin, also `2024/05/03 10:00` and `20240503`.
fn numeric(raw: &str) -> Option<String> {
    let (year, rest) = number(raw, 4)?;
    let (date, rest) = match rest.chars().next()? {
        separator @ ('-' | '/' | '.') => {
            let (month, rest) = number(rest.strip_prefix(separator)?, 2)?;
            let (of_month, rest) = number(rest.strip_prefix(separator)?, 2)?;
            (day(year, month, of_month)?, rest)
        }
        _ if rest.len() >= 4 => {
            let (month, rest) = number(rest, 2)?;
            let (of_month, rest) = number(rest, 2)?;
            if rest.starts_with(|next: char| next.is_ascii_digit()) {
                return None;
            }
            (day(year, month, of_month)?, rest)
        }
        _ => return None,
    };
    Some(match clock(rest) {
        Some(clock) => format!("{date}T{clock}"),
        None => date,
    })
}

/// `T10:00:00+09:00`, ` 10:00`; `None` when it is no time, or says more than is understood.
fn clock(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let (hour, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (minute, rest) = number(rest, 2)?;
    let (second, rest) = match rest.strip_prefix(':').unwrap_or(rest) {
        rest if rest.starts_with(|next: char| next.is_ascii_digit()) => number(rest, 2)?,
        rest => (0, rest),
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|it: char| it.is_ascii_digit()),
        None => rest,
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let zone = match rest.trim() {
        "" => String::new(),
        "Z" | "z" | "UTC" | "GMT" => "Z".into(),
        zone => {
            let sign = zone.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
            let (hours, rest) = number(zone.strip_prefix(sign)?, 2)?;
            let (minutes, rest) = match rest.strip_prefix(':').unwrap_or(rest) {
                "" => (0, ""),
                rest => number(rest, 2)?,
            };
            if !rest.is_empty() || hours > 14 || minutes > 59 {
                return None;
            }
            format!("{sign}{hours:02}:{minutes:02}")
        }
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// Seconds or thousandths of seconds since 1970.
fn since_1970(raw: &str) -> Option<String> {
    let seconds = match raw.len() {
        10 => raw.parse::<i64>().ok()?,
        13 => raw.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let at = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    let date = day(u32::try_from(at.year()).ok()?, u8::from(at.month()).into(), at.day().into())?;
    Some(format!("{date}T{:02}:{:02}:{:02}Z", at.hour(), at.minute(), at.second()))
}

/// `Fri, 03 May 2024 10:00:00 GMT`
fn rfc2822(raw: &str) -> Option<String> {
    let at = OffsetDateTime::parse(raw, &Rfc2822).ok()?;
    let date = day(u32::try_from(at.year()).ok()?, u8::from(at.month()).into(), at.day().into())?;
    let (hours, minutes, _) = at.offset().as_hms();
    let zone = match (hours, minutes) {
        (0, 0) => "Z".into(),
        _ => {
            let sign = if hours < 0 || minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", hours.unsigned_abs(), minutes.unsigned_abs())
        }
    };
    Some(format!("{date}T{:02}:{:02}:{:02}{zone}", at.hour(), at.minute(), at.second()))
}

/// `May 3, 2024`, `Friday, 3rd May 2024 - 10:00`: the day alone, for the zone is as a rule not said.
fn named(raw: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = raw.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty()).take(12);
    let (mut year, mut month, mut of_month) = (None, None, None);
    for word in words {
        let lower = word.to_ascii_lowercase();
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end));
        let digits = ordinal.unwrap_or(&lower);
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            match digits.len() {
                4 => year = year.or(digits.parse().ok()),
                1 | 2 if of_month.is_none() => of_month = digits.parse().ok(),
                _ => {}
            }
        } else if month.is_none() && is_month(&lower) {
            month = MONTHS.iter().position(|name| lower.starts_with(name)).map(|at| at as u32 + 1);
        }
    }
    day(year?, month?, of_month?)
}

fn is_month(word: &str) -> bool {
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word.len() >= 3 && FULL.iter().any(|name| name.starts_with(word)) || word == "sept"
}

/// `2024年5月3日`
fn east_asian(raw: &str) -> Option<String> {
    raw.match_indices('年').find_map(|(at, sign)| {
        let before = raw.get(..at)?.trim_end();
        let year = before.get(before.len().checked_sub(4)?..)?.parse().ok()?;
        let (month, rest) = number(raw.get(at + sign.len()..)?.trim_start(), 2)?;
        let (of_month, _) = number(rest.trim_start().strip_prefix('月')?.trim_start(), 2)?;
        day(year, month, of_month)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_iso_8601() {
        for (raw, expected) in [
            ("2024-05-03", "2024-05-03"),
            ("2024-05-03T10:00:00+09:00", "2024-05-03T10:00:00+09:00"),
            ("2024-05-03T10:00:00.000Z", "2024-05-03T10:00:00Z"),
            ("2024-05-03T10:00+0900", "2024-05-03T10:00:00+09:00"),
            ("2024-05-03 10:00:05", "2024-05-03T10:00:05"),
            ("2024/5/3", "2024-05-03"),
            ("2024.05.03 오전", "2024-05-03"),
            ("20240503", "2024-05-03"),
            ("20240503T101500Z", "2024-05-03T10:15:00Z"),
            ("1714730400", "2024-05-03T10:00:00Z"),
            ("1714730400000", "2024-05-03T10:00:00Z"),
            ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00Z"),
            ("Fri, 03 May 2024 10:00:00 -0330", "2024-05-03T10:00:00-03:30"),
            ("May 3, 2024", "2024-05-03"),
            ("Friday, 3rd May 2024 - 10:00 EST", "2024-05-03"),
            ("Sept. 9 2024", "2024-09-09"),
            ("令和6年 2024年 5月3日（金）", "2024-05-03"),
        ] {
            assert_eq!(iso(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn what_is_no_date_or_means_two_is_left() {
        for raw in [
            "",
            "yesterday",
            "05/06/2024",
            "2024-13-01",
            "2024-02-30",
            "0000-00-00",
            "2024",
            "May 2024",
            "年月日",
            "1",
        ] {
            assert_eq!(iso(raw), None, "{raw}");
        }
    }
}
