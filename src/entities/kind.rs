//! The nine kinds of name, and what a party is.

use serde::{Deserialize, Serialize};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// A named individual.
    Person,
    /// A body: government, ministry, company, party, international organisation.
    Organisation,
    /// A nationality, people, religion or political leaning.
    Group,
    /// A country, city, region or natural place; also a country that acts as a state.
    Place,
    /// A named building, port, road, bridge, base or crossing.
    Facility,
    /// A treaty, law, strategy, initiative, programme or project.
    Agreement,
    /// A named conference, war, exercise, holiday or disaster.
    Event,
    /// A calendar expression.
    Date,
    /// A sum with its currency.
    Money,
}

impl EntityKind {
    /// Every kind, in the order of the legend.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Organisation,
        Self::Group,
        Self::Place,
        Self::Facility,
        Self::Agreement,
        Self::Event,
        Self::Date,
        Self::Money,
    ];

    /// The name in files and in `data-entity`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Place => "place",
            Self::Facility => "facility",
            Self::Agreement => "agreement",
            Self::Event => "event",
            Self::Date => "date",
            Self::Money => "money",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A named individual.
    Person,
    /// A state, or a place that acts as one.
    State,
    /// An organisation or another body.
    Body,
    /// A people or another group.
    Group,
}

impl PartyKind {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::State => "state",
            Self::Body => "body",
            Self::Group => "group",
        }
    }
}
