//! `'{1, 2, NULL}'`: `array_in`.

use super::{Input, InputMistake, Outcome, value};
use crate::postgres::tree::{LabelPart, Value};
use crate::postgres::types::{Oid, TypeKind, Typing, Typmod};

/// Dimensions of an array at most.
const MAX_DIMENSIONS: usize = 6;

/// What stands in an array literal.
enum Item {
    Null,
    Text(String),
    Array(Vec<Item>),
}

fn malformed(text: &str, detail: &str) -> InputMistake {
    InputMistake::new(format!("malformed array literal: \"{text}\"")).with_detail(detail)
}

impl Typing<'_> {
    pub(super) fn array_input(
        self,
        element: Oid,
        typmod: Typmod,
        text: &str,
        version: u16,
        depth: u16,
    ) -> Outcome {
        let trimmed = super::number::trim(text);
        if trimmed.starts_with('[') {
            return Ok(Input::Unsure("an array with bounds"));
        }
        let delimiter = if element == crate::postgres::types::well_known::BOX {
            ';'
        } else {
            ','
        };
        let mut reader = Reader {
            whole: text,
            rest: trimmed,
            delimiter,
        };
        if !trimmed.starts_with('{') {
            return Err(malformed(
                text,
                "Array value must start with \"{\" or dimension information.",
            ));
        }
        let items = reader.array(1)?;
        if !super::number::trim(reader.rest).is_empty() {
            return Err(malformed(text, "Junk after closing right brace."));
        }
        let mut shape = Vec::new();
        dimensions(&items, 0, &mut shape, text)?;
        if shape.contains(&0) {
            // However it is nested, an empty array is empty; until 16 it could not be nested.
            if shape.len() > 1 && version < 17 {
                return Err(malformed(text, "Unexpected \"}\" character."));
            }
            return Ok(value("{}"));
        }
        let base = self.base_type(element);
        if self.get(base).is_some_and(|it| it.kind == TypeKind::Enum) {
            let mut labels = Labels::default();
            self.label_items(&items, base, &mut labels)?;
            return Ok(Input::Value(Value::Labels(labels.finish().into())));
        }
        let mut printed = String::new();
        if let Some(reason) = self.print_items(
            &items,
            (element, typmod),
            delimiter,
            (version, depth),
            &mut printed,
        )? {
            return Ok(Input::Unsure(reason));
        }
        Ok(value(printed))
    }

    fn print_items(
        self,
        items: &[Item],
        (element, typmod): (Oid, Typmod),
        delimiter: char,
        (version, depth): (u16, u16),
        to: &mut String,
    ) -> Result<Option<&'static str>, InputMistake> {
        to.push('{');
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                to.push(delimiter);
            }
            match item {
                Item::Null => to.push_str("NULL"),
                Item::Array(items) => {
                    let inner = self.print_items(
                        items,
                        (element, typmod),
                        delimiter,
                        (version, depth),
                        to,
                    )?;
                    if inner.is_some() {
                        return Ok(inner);
                    }
                }
                Item::Text(text) => match self.part(element, typmod, text, version, depth)? {
                    Ok(text) => quote(&text, delimiter, to),
                    Err(reason) => return Ok(Some(reason)),
                },
            }
        }
        to.push('}');
        Ok(None)
    }
}

impl Typing<'_> {
    /// The labels of an array of an enum, which print as they are called then.
    fn label_items(
        self,
        items: &[Item],
        enumeration: Oid,
        to: &mut Labels,
    ) -> Result<(), InputMistake> {
        to.text.push('{');
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                to.text.push(',');
            }
            match item {
                Item::Null => to.text.push_str("NULL"),
                Item::Array(items) => self.label_items(items, enumeration, to)?,
                Item::Text(text) => to.push(self.label_input(enumeration, text)?),
            }
        }
        to.text.push('}');
        Ok(())
    }

    /// An array of labels as `array_out` prints it.
    pub(crate) fn labels_text(self, array: Oid, parts: &[LabelPart]) -> String {
        let element = self.element_type(self.base_type(array));
        let enumeration = element.map(|it| self.base_type(it));
        let mut text = String::new();
        for part in parts {
            match (part, enumeration) {
                (LabelPart::Text(part), _) => text.push_str(part),
                (LabelPart::Label(label), Some(enumeration)) => {
                    quote(&self.label_text(enumeration, *label), ',', &mut text);
                }
                (LabelPart::Label(_), None) => {}
            }
        }
        text
    }
}

/// The parts of an array of labels so far.
#[derive(Default)]
struct Labels {
    parts: Vec<LabelPart>,
    /// What stands after the last label.
    text: String,
}

impl Labels {
    fn push(&mut self, label: Oid) {
        let text = std::mem::take(&mut self.text);
        self.parts.push(LabelPart::Text(text.into()));
        self.parts.push(LabelPart::Label(label));
    }

    fn finish(mut self) -> Vec<LabelPart> {
        self.parts.push(LabelPart::Text(self.text.into()));
        self.parts
    }
}

/// An element as `array_out` prints it.
fn quote(text: &str, delimiter: char, to: &mut String) {
    let plain = !text.is_empty()
        && !text.eq_ignore_ascii_case("null")
        && !text.contains(|c: char| {
            matches!(
                c,
                '"' | '\\' | '{' | '}' | ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c'
            ) || c == delimiter
        });
    if plain {
        to.push_str(text);
        return;
    }
    to.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            to.push('\\');
        }
        to.push(c);
    }
    to.push('"');
}

/// All arrays of one level must be of one length.
fn dimensions(
    items: &[Item],
    level: usize,
    shape: &mut Vec<usize>,
    text: &str,
) -> Result<(), InputMistake> {
    let uneven = || {
        malformed(
            text,
            "Multidimensional arrays must have sub-arrays with matching dimensions.",
        )
    };
    match shape.get(level) {
        Some(length) if *length != items.len() => return Err(uneven()),
        Some(_) => {}
        None => shape.push(items.len()),
    }
    let arrays = items
        .iter()
        .filter(|item| matches!(item, Item::Array(_)))
        .count();
    if arrays != 0 && arrays != items.len() {
        return Err(uneven());
    }
    for item in items {
        if let Item::Array(inner) = item {
            dimensions(inner, level + 1, shape, text)?;
        }
    }
    // A leaf where a deeper level was seen before.
    if arrays == 0 && shape.len() > level + 1 {
        return Err(uneven());
    }
    Ok(())
}

struct Reader<'a> {
    whole: &'a str,
    rest: &'a str,
    delimiter: char,
}

impl Reader<'_> {
    fn space(&mut self) {
        let rest = self.rest;
        self.rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    }

    fn take(&mut self, c: char) -> bool {
        self.space();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Item>, InputMistake> {
        if depth > MAX_DIMENSIONS {
            return Err(InputMistake::new(format!(
                "number of array dimensions ({depth}) exceeds the maximum allowed ({MAX_DIMENSIONS})"
            )));
        }
        self.take('{');
        let mut items = Vec::new();
        if self.take('}') {
            return Ok(items);
        }
        loop {
            self.space();
            let item = match self.rest.chars().next() {
                Some('{') => Item::Array(self.array(depth + 1)?),
                Some('"') => Item::Text(self.quoted()?),
                Some(_) => self.bare()?,
                None => return Err(malformed(self.whole, "Unexpected end of input.")),
            };
            items.push(item);
            if self.take('}') {
                return Ok(items);
            }
            if !self.take(self.delimiter) {
                let detail = match self.rest.chars().next() {
                    Some('"') => "Unexpected array element.".to_owned(),
                    Some(c) => format!("Unexpected \"{c}\" character."),
                    None => "Unexpected end of input.".to_owned(),
                };
                return Err(malformed(self.whole, &detail));
            }
        }
    }

    fn quoted(&mut self) -> Result<String, InputMistake> {
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((position, c)) = chars.next() {
            match c {
                '"' => {
                    self.rest = self.rest.get(position + 1..).unwrap_or_default();
                    return Ok(text);
                }
                '\\' => text.extend(chars.next().map(|(_, c)| c)),
                c => text.push(c),
            }
        }
        Err(malformed(self.whole, "Unexpected end of input."))
    }

    fn bare(&mut self) -> Result<Item, InputMistake> {
        let mut text = String::new();
        let mut escaped = false;
        // White space at the end that no backslash keeps is no part.
        let mut kept = 0;
        let mut chars = self.rest.char_indices();
        let end = loop {
            match chars.next() {
                None => break self.rest.len(),
                Some((position, c)) if c == self.delimiter || c == '}' => break position,
                Some((_, c @ ('{' | '"'))) => {
                    let detail = if c == '"' {
                        "Unexpected array element.".to_owned()
                    } else {
                        format!("Unexpected \"{c}\" character.")
                    };
                    return Err(malformed(self.whole, &detail));
                }
                Some((_, '\\')) => {
                    escaped = true;
                    text.extend(chars.next().map(|(_, c)| c));
                    kept = text.len();
                }
                Some((_, c)) => {
                    text.push(c);
                    if !c.is_ascii_whitespace() && c != '\x0b' {
                        kept = text.len();
                    }
                }
            }
        };
        self.rest = self.rest.get(end..).unwrap_or_default();
        text.truncate(kept);
        if text.is_empty() {
            let detail = match self.rest.chars().next() {
                Some(c) => format!("Unexpected \"{c}\" character."),
                None => "Unexpected end of input.".to_owned(),
            };
            return Err(malformed(self.whole, &detail));
        }
        if !escaped && text.eq_ignore_ascii_case("null") {
            return Ok(Item::Null);
        }
        Ok(Item::Text(text))
    }
}
