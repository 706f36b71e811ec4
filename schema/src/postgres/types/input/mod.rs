//! What the type of a string literal says to it: the input functions, which the engine calls while it analyses a statement, and
//! the text that the output functions make of the value.
//!
//! Where the outcome depends on more than the text (the clock, the server's time zones), or a form is rare and its rules are
//! many, the answer is [`Input::Unsure`] with the reason: then nothing is refused, and the text is kept as it is written.

mod array;
mod bits;
mod calendar;
mod datetime;
mod geometry;
mod interval;
mod json;
mod jsonpath;
mod money;
mod network;
mod number;
mod object;
mod order;
mod range;
mod row;
mod text_search;

use super::{Oid, TypeKind, Typing, Typmod, ValueType, well_known};
use crate::postgres::tree::Value;
pub(crate) use number::integer4;
pub(crate) use object::name_parts;
pub(crate) use order::compare;

/// What became of a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A value.
    Value(Value),
    /// A value that depends on when it is read: `now`, `today`.
    Moment,
    /// It may be refused, or be printed otherwise; this is why that is not known.
    Unsure(&'static str),
}

/// What an input function refuses, in the engine's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputMistake {
    /// What is wrong.
    pub message: String,
    /// More about it.
    pub detail: Option<String>,
}

impl InputMistake {
    fn new(message: impl Into<String>) -> InputMistake {
        InputMistake {
            message: message.into(),
            detail: None,
        }
    }

    fn with_detail(self, detail: impl Into<String>) -> InputMistake {
        InputMistake {
            detail: Some(detail.into()),
            ..self
        }
    }
}

fn invalid_syntax(name: &str, text: &str) -> InputMistake {
    InputMistake::new(format!("invalid input syntax for type {name}: \"{text}\""))
}

fn out_of_range(name: &str, text: &str) -> InputMistake {
    InputMistake::new(format!("value \"{text}\" is out of range for type {name}"))
}

/// The result of an input function.
type Outcome = Result<Input, InputMistake>;

fn value(text: impl AsRef<str>) -> Input {
    Input::Value(Value::Text(text.as_ref().into()))
}

/// Why a literal is not looked into: the kinds of literals of which nothing is said.
mod unsure {
    pub(super) const CLOCK: &str = "a part of the value depends on when the statement runs";
    pub(super) const ZONE: &str = "a zone whose offset changes";
    pub(super) const HEXADECIMAL: &str = "a hexadecimal number of a type for fractions";
    pub(super) const MACADDR: &str = "an address with too few digits or too many";
    pub(super) const TYPE: &str = "a type whose literals are not read";
    pub(super) const LINE: &str = "a line that is computed of two points";
    pub(super) const LOCALE: &str = "an amount with signs of another locale";
    pub(super) const NESTED: &str = "a literal that is nested too deeply";
}

impl Typing<'_> {
    /// What a string literal is as a value of a type. The modifier matters for `interval` only, as in the engine; lengths
    /// and scales are brought about by a conversion that follows.
    ///
    /// # Errors
    ///
    /// Says what the type's input function refuses.
    pub fn input(self, target: ValueType, text: &str, version: u16) -> Outcome {
        self.input_nested(target.oid, target.typmod, text, version, 0)
    }

    fn input_nested(
        self,
        oid: Oid,
        typmod: Typmod,
        text: &str,
        version: u16,
        depth: u16,
    ) -> Outcome {
        /// A row type can hold a domain over an array of row types, and so on.
        const DEEPEST: u16 = 32;
        if depth > DEEPEST {
            return Ok(Input::Unsure(unsure::NESTED));
        }
        let (base, typmod) = self.base_type_and_typmod(oid, typmod);
        let Some(found) = self.get(base) else {
            return Ok(Input::Unsure(unsure::TYPE));
        };
        match found.kind {
            TypeKind::Enum => {
                let label = self.label_input(base, text);
                return label.map(|it| Input::Value(Value::Label(it)));
            }
            TypeKind::Range { subtype, .. } => {
                return self.range_input(base, subtype, text, version, depth);
            }
            TypeKind::Composite { relation } => {
                return self.row_input(relation, text, version, depth);
            }
            TypeKind::Multirange { range } => {
                return self.multirange_input(range, text, version, depth);
            }
            TypeKind::Base | TypeKind::Domain { .. } | TypeKind::Pseudo | TypeKind::Shell => {}
        }
        if let Some(element) = self.element_type(base) {
            return self.array_input(element, typmod, text, version, depth);
        }
        if found.kind == TypeKind::Pseudo && !matches!(base, well_known::CSTRING | well_known::VOID)
        {
            let name = self.name(base);
            return Err(match base {
                well_known::RECORD => {
                    InputMistake::new("input of anonymous composite types is not implemented")
                }
                _ => InputMistake::new(format!("cannot accept a value of type {name}")),
            });
        }
        let as_text = |result: Result<String, InputMistake>| result.map(value);
        match base {
            well_known::TEXT
            | well_known::VARCHAR
            | well_known::BPCHAR
            | well_known::CSTRING
            | well_known::UNKNOWN => Ok(value(text)),
            well_known::NAME => Ok(value(tablature_lexer::postgres::cut_name(text))),
            well_known::INTERNAL_CHAR => Ok(value(text.get(..1).unwrap_or_default())),
            well_known::BOOL => boolean(text).map(value),
            well_known::INT2 => {
                let range = i128::from(i16::MIN)..=i128::from(i16::MAX);
                as_text(number::integer(text, "smallint", range, version))
            }
            well_known::INT4 => {
                let range = i128::from(i32::MIN)..=i128::from(i32::MAX);
                as_text(number::integer(text, "integer", range, version))
            }
            well_known::INT8 => {
                let range = i128::from(i64::MIN)..=i128::from(i64::MAX);
                as_text(number::integer(text, "bigint", range, version))
            }
            well_known::OID => as_text(number::oid(text, "oid")),
            well_known::FLOAT4 | well_known::FLOAT8 if number::is_hexadecimal(text) => {
                Ok(Input::Unsure(unsure::HEXADECIMAL))
            }
            well_known::FLOAT4 => as_text(number::float(text, true)),
            well_known::FLOAT8 => as_text(number::float(text, false)),
            well_known::NUMERIC => as_text(number::numeric(text, version)),
            well_known::BYTEA => as_text(bits::bytea(text)),
            well_known::BIT => as_text(bits::bits(text)),
            well_known::VARBIT => as_text(bits::bits(text)),
            well_known::UUID => as_text(bits::uuid(text)),
            well_known::JSON => json::check(text).map(|()| value(text)),
            well_known::JSONB => as_text(json::normal_form(text)),
            well_known::JSONPATH => Ok(match jsonpath::normal_form(text, version)? {
                Some(path) => value(path),
                None => Input::Unsure(unsure::NESTED),
            }),
            well_known::INET => as_text(network::inet(text)),
            well_known::CIDR => as_text(network::cidr(text)),
            well_known::MACADDR => match network::macaddr(text) {
                Some(address) => Ok(value(address)),
                None if network::may_be_macaddr(text) => Ok(Input::Unsure(unsure::MACADDR)),
                None => Err(invalid_syntax("macaddr", text)),
            },
            well_known::DATE => datetime::date(text, version),
            well_known::TIME => datetime::time(text, version),
            well_known::TIMETZ => datetime::time_with_zone(text, version),
            well_known::TIMESTAMP => datetime::timestamp(text, version),
            well_known::TIMESTAMPTZ => datetime::timestamp_with_zone(text, version),
            well_known::INTERVAL => interval::interval(text, typmod, version),
            well_known::POINT => geometry::point(text),
            well_known::LSEG => geometry::segment(text),
            well_known::BOX => geometry::rectangle(text),
            well_known::PATH => geometry::path(text),
            well_known::POLYGON => geometry::polygon(text),
            well_known::CIRCLE => geometry::circle(text),
            well_known::LINE => geometry::line(text),
            well_known::MONEY => money::money(text),
            well_known::MACADDR8 => as_text(network::macaddr8(text)),
            well_known::PG_LSN => as_text(number::log_position(text)),
            well_known::TSVECTOR => as_text(text_search::vector(text)),
            _ => match self.reg_input(base, text) {
                Some(outcome) => outcome,
                None => Ok(Input::Unsure(unsure::TYPE)),
            },
        }
    }

    fn label_input(self, oid: Oid, text: &str) -> Result<Oid, InputMistake> {
        let labels = self.objects.enum_labels(oid);
        match labels.into_iter().find(|(_, label)| label == text) {
            Some((label, _)) => Ok(label),
            None => {
                let name = self.name(oid);
                Err(InputMistake::new(format!(
                    "invalid input value for enum {name}: \"{text}\""
                )))
            }
        }
    }

    /// The label of an enum.
    pub(crate) fn label_text(self, enumeration: Oid, label: Oid) -> String {
        let labels = self.objects.enum_labels(enumeration);
        let found = labels.into_iter().find(|(its, _)| *its == label);
        found
            .map(|(_, label)| label.into_owned())
            .unwrap_or_default()
    }

    /// A value in the text of another: an element, a bound, a field.
    fn part(
        self,
        oid: Oid,
        typmod: Typmod,
        text: &str,
        version: u16,
        depth: u16,
    ) -> Result<Result<String, &'static str>, InputMistake> {
        Ok(
            match self.input_nested(oid, typmod, text, version, depth + 1)? {
                Input::Value(Value::Text(text)) => Ok(text.as_ref().to_owned()),
                Input::Value(Value::Label(label)) => {
                    Ok(self.label_text(self.base_type(oid), label))
                }
                Input::Value(Value::Labels(parts)) => Ok(self.labels_text(oid, &parts)),
                Input::Value(Value::Object(_)) => Err(unsure::TYPE),
                Input::Moment => Err(unsure::CLOCK),
                Input::Unsure(reason) => Err(reason),
            },
        )
    }
}

/// `boolin`: a start of one of the words is enough where it says which.
fn boolean(text: &str) -> Result<&'static str, InputMistake> {
    let word = number::trim(text).to_ascii_lowercase();
    let begins = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
    if begins("true", 1) || begins("yes", 1) || word == "on" || word == "1" {
        Ok("t")
    } else if begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0" {
        Ok("f")
    } else {
        Err(invalid_syntax("boolean", text))
    }
}
