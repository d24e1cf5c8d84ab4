//! Times as files write them: RFC 3339, in UTC.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::annotation::Timestamp;

/// A time as files write it: `2026-01-31T09:30:00Z`; `None` before year 0 or after year 9999.
pub fn format_time(time: Timestamp) -> Option<String> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(time.0) * 1_000_000).ok()?.format(&Rfc3339).ok()
}

/// Reads a time in RFC 3339, in any time zone; what is finer than a millisecond is cut off.
pub fn parse_time(text: &str) -> Option<Timestamp> {
    let nanos = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
    i64::try_from(nanos.div_euclid(1_000_000)).ok().map(Timestamp)
}
