//! Coders and the codebook of a file.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use super::super::fields::{Fault, Fields};
use super::super::incoming::{Annotated, add_label};
use super::super::{Coder, OpenError, Opened, Warning};
use crate::annotation::{Codebook, Id, Label};

/// Reads who annotated.
pub(super) fn read_coders(list: Vec<Value>, name: &str, opened: &mut Opened) {
    for (index, value) in list.into_iter().enumerate() {
        let coder = Fields::new(value).and_then(|mut fields| {
            let id = Id::new(fields.needed_text("id")?);
            Ok(Coder { id, name: fields.text("name")?.unwrap_or_default(), extra: fields.rest() })
        });
        match coder {
            Ok(coder) if opened.coders.iter().any(|known| known.id == coder.id) => {}
            Ok(coder) => opened.coders.push(coder),
            Err(fault) => opened.warnings.push(left_out(fault, &format!("{name} {}", index + 1))),
        }
    }
}

/// Says that an entry was left out.
pub(super) fn left_out(fault: Fault, place: &str) -> Warning {
    let (place, message) = fault.within(place);
    Warning::new(place, format!("{message}: left out"))
}

/// Reads the labels; a faulty one is left out and named.
pub(super) fn read_codebook(value: Value, place: &str, opened: &mut Opened) -> Result<Codebook, OpenError> {
    let fault = super::read::fatal(place);
    let mut fields = Fields::new(value).map_err(&fault)?;
    let id = fields.text("id").map_err(&fault)?.unwrap_or_else(|| "readout".into());
    let mut labels: Vec<Label> = Vec::new();
    for (index, value) in fields.list("labels").map_err(&fault)?.into_iter().enumerate() {
        let label = read_label(value).and_then(|label| {
            if labels.iter().any(|known| known.id == label.id) {
                return Err(Fault::at("id", format!("\"{}\" is defined twice", label.id)));
            }
            Ok(label)
        });
        match label {
            Ok(label) => labels.push(label),
            Err(fault) => opened.warnings.push(left_out(fault, &format!("{place}, label {}", index + 1))),
        }
    }
    Ok(Codebook { id: Id::new(id), labels, extra: fields.rest() })
}

fn read_label(value: Value) -> Result<Label, Fault> {
    let mut fields = Fields::new(value)?;
    let id = fields.needed_text("id")?;
    let texts = |fields: &mut Fields, name: &str| -> Result<Vec<String>, Fault> {
        let list = fields.list(name)?.into_iter();
        let texts = list.map(|value| value.as_str().map(str::to_owned));
        texts.collect::<Option<_>>().ok_or_else(|| Fault::at(name, "holds something that is not a text"))
    };
    Ok(Label {
        name: fields.text("name")?.unwrap_or_else(|| id.clone()),
        id: Id::new(id),
        key: fields.text("key")?.unwrap_or_default(),
        color: fields.text("color")?.unwrap_or_else(|| "grey".into()),
        definition: fields.text("definition")?.unwrap_or_default(),
        examples: texts(&mut fields, "examples")?,
        rulings: texts(&mut fields, "rulings")?,
        extra: fields.rest(),
    })
}

/// Labels that are used and not defined are added: a tag is never dropped for its label.
pub(super) fn add_missing(
    codebook: &mut Codebook,
    annotated: &Annotated,
    place: &str,
    warnings: &mut Vec<Warning>,
) {
    let tags = annotated.tags.iter().map(|tag| &tag.label);
    let labels: BTreeSet<&Id> = tags.chain(annotated.suggestions.iter().map(|it| &it.label)).collect();
    for label in labels {
        if codebook.label(label).is_none() {
            let message =
                format!("label \"{label}\" is not in the codebook: it was added without a definition");
            warnings.push(Warning::new(place, message));
            add_label(codebook, label);
        }
    }
}

/// Adds the labels of a further file.
pub(super) fn join(opened: &mut Opened, codebook: Codebook) {
    let Some(first) = &mut opened.codebook else {
        opened.codebook = Some(Rc::new(codebook));
        return;
    };
    for label in codebook.labels {
        if first.label(&label.id).is_none() {
            Rc::make_mut(first).labels.push(label);
        }
    }
}
