//! Readout JSON as it is written: the order of fields is the order here.

use serde::Serialize;
use serde_json::Value;

use super::super::Coder;
use crate::annotation::{Codebook, EntityStatus, Origin, Strength, SuggestionStatus};
use crate::entities::{EntityKind, PartyKind};
use crate::text::{BlockKind, Extra, Original};

fn is_empty<T>(list: &[T]) -> bool {
    list.is_empty()
}

#[derive(Serialize)]
pub(super) struct File<'a> {
    pub(super) format: &'static str,
    pub(super) version: u64,
    pub(super) offset_unit: &'static str,
    pub(super) generator: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exported: Option<String>,
    pub(super) coders: &'a [Coder],
    pub(super) codebook: &'a Codebook,
    pub(super) articles: Vec<Article<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) learned: Option<&'a Value>,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) names: &'a [Value],
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}

#[derive(Serialize)]
pub(super) struct Article<'a> {
    pub(super) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) external_id: Option<&'a str>,
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) source: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) date: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) language: &'a str,
    #[serde(rename = "extra", skip_serializing_if = "Extra::is_empty")]
    pub(super) own: &'a Extra,
    pub(super) text: &'a str,
    pub(super) text_sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) original: Option<&'a Original>,
    pub(super) engine: &'a str,
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) sentences: Vec<Sentence<'a>>,
    pub(super) parties: Vec<Party<'a>>,
    pub(super) entities: Vec<Entity<'a>>,
    pub(super) tags: Vec<Tag<'a>>,
    pub(super) judgements: Vec<Judgement<'a>>,
    pub(super) suggestions: Vec<Suggestion<'a>>,
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}

#[derive(Serialize)]
pub(super) struct Block<'a> {
    pub(super) kind: BlockKind,
    pub(super) start: u32,
    pub(super) end: u32,
    #[serde(flatten)]
    pub(super) extra: Option<&'a Extra>,
}

#[derive(Serialize)]
pub(super) struct Sentence<'a> {
    pub(super) id: String,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quote: &'a str,
    #[serde(flatten)]
    pub(super) extra: Option<&'a Extra>,
}

#[derive(Serialize)]
pub(super) struct Party<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: PartyKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<&'a str>,
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}

#[derive(Serialize)]
pub(super) struct Entity<'a> {
    pub(super) id: &'a str,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quote: &'a str,
    pub(super) kind: EntityKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) party: Option<&'a str>,
    pub(super) origin: Origin,
    pub(super) status: EntityStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) coder: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<String>,
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}

#[derive(Serialize)]
pub(super) struct Actor<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quote: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) party: Option<&'a str>,
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}

#[derive(Serialize)]
pub(super) struct Evidence<'a> {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quote: &'a str,
    #[serde(flatten)]
    pub(super) extra: Option<&'a Extra>,
}

#[derive(Serialize)]
pub(super) struct Tag<'a> {
    pub(super) id: &'a str,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quote: &'a str,
    pub(super) sentence: String,
    pub(super) label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) strength: Option<Strength>,
    pub(super) by: Vec<Actor<'a>>,
    pub(super) to: Vec<Actor<'a>>,
    pub(super) evidence: Vec<Evidence<'a>>,
    pub(super) note: &'a str,
    pub(super) origin: Origin,
    pub(super) coder: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<String>,
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}

#[derive(Serialize)]
pub(super) struct Judgement<'a> {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quote: &'a str,
    pub(super) sentence: String,
    pub(super) coder: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<String>,
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}

#[derive(Serialize)]
pub(super) struct Suggestion<'a> {
    pub(super) sentence: String,
    pub(super) label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) strength: Option<Strength>,
    pub(super) score: f64,
    pub(super) evidence: Vec<Evidence<'a>>,
    pub(super) by: Vec<Actor<'a>>,
    pub(super) to: Vec<Actor<'a>>,
    pub(super) status: SuggestionStatus,
    #[serde(flatten)]
    pub(super) extra: &'a Extra,
}
