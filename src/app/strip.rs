//! Where tags stand in the whole article, in rows of a strip.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::chunks::Chunk;

/// Rows of the strip, from top to bottom.
pub const ROWS: u32 = 300;

/// The rows of each chunk, kept until the chunk changes.
pub type Cache = BTreeMap<usize, (u64, Vec<(u32, String)>)>;

/// Rows with the colour of the tag that stands there, each once, in order.
///
/// Only chunks that changed are looked through; the others come from `cache`.
pub fn marks(chunks: &[Rc<Chunk>], cache: &mut Cache) -> Vec<(u32, String)> {
    let length = chunks.last().map_or(0, |chunk| chunk.span.end).max(1);
    let mut rows = BTreeSet::new();
    for chunk in chunks {
        let is_known = cache.get(&chunk.index).is_some_and(|(version, _)| *version == chunk.version);
        if !is_known {
            cache.insert(chunk.index, (chunk.version, rows_of(chunk, length)));
        }
        if let Some((_, found)) = cache.get(&chunk.index) {
            rows.extend(found.iter().cloned());
        }
    }
    rows.into_iter().collect()
}

fn rows_of(chunk: &Chunk, length: u32) -> Vec<(u32, String)> {
    let document = &chunk.document;
    let tags = document.set.tags.touching(chunk.span);
    let tags = tags.iter().filter(|tag| chunk.span.contains_offset(tag.span.start));
    tags.map(|tag| {
        let row = u64::from(tag.span.start) * u64::from(ROWS) / u64::from(length);
        let color = document.codebook.label(&tag.label).map_or("grey", |label| label.color.as_str());
        (row as u32, color.to_owned())
    })
    .collect()
}
