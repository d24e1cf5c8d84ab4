//! Reading JSON objects field by field, so that each message can name the field.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::text::Extra;

/// Why a value is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where in the entry: `start`, or empty for the entry as a whole.
    place: String,
    message: String,
}

impl Fault {
    /// A fault of the entry as a whole.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { place: String::new(), message: message.into() }
    }

    /// A fault of one field.
    pub(super) fn at(field: &str, message: impl Into<String>) -> Self {
        Self { place: field.into(), message: message.into() }
    }

    /// The place in a file, of an entry at `outer`; and the message.
    pub(super) fn within(self, outer: &str) -> (String, String) {
        match (outer.is_empty(), self.place.is_empty()) {
            (_, true) => (outer.into(), self.message),
            (true, false) => (self.place, self.message),
            (false, false) => (format!("{outer}, {}", self.place), self.message),
        }
    }
}

/// An object that is read field by field; what is left is unknown.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of an object.
    pub(super) fn new(value: Value) -> Result<Self, Fault> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            other => Err(Fault::new(format!("{} stands where an object should", kind_of(&other)))),
        }
    }

    /// Takes a field; an absent one and `null` are the same.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// Whether a field is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    /// A text, if there is one.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(wrong(name, &other, "a text")),
        }
    }

    /// A text that must be there.
    pub(super) fn needed_text(&mut self, name: &str) -> Result<String, Fault> {
        self.text(name)?.ok_or_else(|| Fault::at(name, "is missing"))
    }

    /// A list; empty when it is not there.
    pub(super) fn list(&mut self, name: &str) -> Result<Vec<Value>, Fault> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(other) => Err(wrong(name, &other, "a list")),
        }
    }

    /// An object; empty when it is not there.
    pub(super) fn object(&mut self, name: &str) -> Result<Extra, Fault> {
        match self.take(name) {
            None => Ok(Extra::new()),
            Some(Value::Object(map)) => Ok(map.into_iter().collect()),
            Some(other) => Err(wrong(name, &other, "an object")),
        }
    }

    /// A whole number from 0, if there is one. `3.0` is one: some tools know no other numbers.
    pub(super) fn offset(&mut self, name: &str) -> Result<Option<u32>, Fault> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let whole = value.as_u64().and_then(|number| u32::try_from(number).ok());
        let float = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..4e9).contains(number));
        match whole.or(float.map(|number| number as u32)) {
            Some(offset) => Ok(Some(offset)),
            None => Err(Fault::at(name, format!("{value} is not an offset"))),
        }
    }

    /// A number that must be there.
    pub(super) fn needed_number(&mut self, name: &str) -> Result<f64, Fault> {
        let value = self.take(name).ok_or_else(|| Fault::at(name, "is missing"))?;
        value.as_f64().ok_or_else(|| wrong(name, &value, "a number"))
    }

    /// One of a closed list of words, if there is one.
    pub(super) fn word<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Fault> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match serde_json::from_value(Value::String(text)) {
            Ok(word) => Ok(Some(word)),
            Err(error) => {
                let message = error.to_string().replace('`', "\"").replace("variant", "word");
                Err(Fault::at(name, message))
            }
        }
    }

    /// One of a closed list of words, which must be there.
    pub(super) fn needed_word<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Fault> {
        self.word(name)?.ok_or_else(|| Fault::at(name, "is missing"))
    }

    /// What was not asked for.
    pub(super) fn rest(self) -> Extra {
        self.0.into_iter().collect()
    }
}

fn wrong(name: &str, value: &Value, wanted: &str) -> Fault {
    Fault::at(name, format!("{} stands where {wanted} should", kind_of(value)))
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A text cut short for a message.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}
