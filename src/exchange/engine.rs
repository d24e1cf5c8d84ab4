//! What analyses an article: the rules of this version, and the weights that could be had.

use crate::acts::ActsModel;
use crate::entities::Tagger;

/// What analyses an article.
#[derive(Debug, Clone)]
pub struct Engine {
    /// Names this version of the analysis: it is stored with each article that it drew, and stands in files.
    pub name: String,
    /// The weights of the tagger of names. Without them the patterns and lists find names alone.
    pub tagger: Option<Tagger>,
    /// The weights that suggest acts. Without them nothing is suggested.
    pub acts: Option<ActsModel>,
}

impl Engine {
    /// This version's rules with these weights.
    pub fn new(tagger: Option<Tagger>, acts: Option<ActsModel>) -> Self {
        let names = tagger
            .as_ref()
            .map_or_else(|| "by patterns alone".to_owned(), |it| format!("{:08x}", it.checksum()));
        let suggested =
            acts.as_ref().map_or_else(|| "none".to_owned(), |it| format!("{:08x}", it.checksum()));
        let name = format!("readout {}, names {names}, acts {suggested}", env!("CARGO_PKG_VERSION"));
        Self { name, tagger, acts }
    }
}
