//! Labelled articles under a data folder: `readouts/*.jsonl` with every layer, `entities/*.jsonl` with some kinds
//! of name, `entities/coverage.json` that says which.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use readout::entities::EntityKind;
use readout::exchange::read_gold;
use readout::text::Span;
use serde::Deserialize;

/// One labelled article.
pub struct Labelled {
    /// The text.
    pub text: String,
    /// Its names.
    pub names: Vec<(Span, EntityKind)>,
    /// Who published it; the file's name where the line does not say.
    pub source: String,
    /// The part of the file that it is held out with.
    pub fold: usize,
    /// Kinds of name that are labelled in it.
    pub kinds: Vec<EntityKind>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    source: String,
    #[serde(default)]
    fold: usize,
}

/// Reads one file of articles whose labelled kinds are `kinds`.
pub fn read(path: &Path, kinds: &[EntityKind]) -> Result<Vec<Labelled>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            let place = format!("{}, line {}", path.display(), index + 1);
            let said: Line = serde_json::from_str(line).map_err(|error| format!("{place}: {error}"))?;
            let gold = read_gold(line.as_bytes()).map_err(|error| format!("{place}: {error}"))?;
            let source = if said.source.is_empty() { name.clone() } else { said.source };
            let text = gold.article.text.to_string();
            let names = gold.entities.unwrap_or_default();
            Ok(Labelled { text, names, source, fold: said.fold, kinds: kinds.to_vec() })
        })
        .collect()
}

/// Which kinds each file under `entities/` labels.
pub fn coverage(folder: &Path) -> Result<BTreeMap<String, Vec<EntityKind>>, String> {
    let path = folder.join("entities/coverage.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let read: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    read.into_iter()
        .map(|(name, kinds)| {
            let kinds = match kinds.as_array() {
                None => EntityKind::ALL.to_vec(),
                Some(list) => {
                    let named = list.iter().filter_map(|kind| EntityKind::from_name(kind.as_str()?));
                    named.collect()
                }
            };
            Ok((name, kinds))
        })
        .collect()
}
