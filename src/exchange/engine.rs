//! What analyses an article: the rules of this version, and the weights that could be had.

use crate::entities::Tagger;

/// What analyses an article.
#[derive(Debug, Clone)]
pub struct Engine {
    /// Names this version of the analysis: it is stored with each article that it drew, and stands in files.
    pub name: String,
    /// The weights of the tagger of names. Without them the patterns and lists find names alone.
    pub tagger: Option<Tagger>,
}

impl Engine {
    /// This version's rules with these weights.
    pub fn new(tagger: Option<Tagger>) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let name = match &tagger {
            Some(tagger) => format!("readout {version}, names {:08x}", tagger.checksum()),
            None => format!("readout {version}, names by patterns alone"),
        };
        Self { name, tagger }
    }
}
