//! Values that a column refuses whatever the database holds: NULL, texts that are too long, numbers out of range.
//!
//! The engine computes constant conversions when it plans a statement, so that one that cannot be done fails the
//! statement even if it touches no row. A row of VALUES is always written, so that NULL in it always fails.

use super::resolver::Resolver;
use crate::errors::postgres::changes as errors;
use crate::postgres::catalog::{
    Column, Enabled, Relation, RelationKind, RuleEvent, TriggerEvent, TriggerTime, TypeDetails,
};
use crate::postgres::tree::{Expr, FunctionCall, Value};
use crate::postgres::types::{Oid, TypeKind, well_known};
use crate::text::Span;

/// `bpchar(bpchar, int4, bool)`
const TO_BPCHAR: Oid = Oid(668);
/// `varchar(varchar, int4, bool)`
const TO_VARCHAR: Oid = Oid(669);
/// `numeric(numeric, int4)`
const TO_NUMERIC: Oid = Oid(1703);
/// The conversions of numbers to shorter integers, with the range of these.
const TO_INTEGERS: [(Oid, &str, i128, i128); 6] = [
    (Oid(480), "integer", i32::MIN as i128, i32::MAX as i128),
    (Oid(714), "smallint", i16::MIN as i128, i16::MAX as i128),
    (Oid(314), "smallint", i16::MIN as i128, i16::MAX as i128),
    (Oid(1744), "integer", i32::MIN as i128, i32::MAX as i128),
    (Oid(1779), "bigint", i64::MIN as i128, i64::MAX as i128),
    (Oid(1783), "smallint", i16::MIN as i128, i16::MAX as i128),
];
/// The bytes that a length and a precision count besides the value (`VARHDRSZ`).
const HEADER: i32 = 4;

impl Resolver<'_> {
    /// Reports a constant that a column cannot hold.
    pub(super) fn check_constant(&mut self, value: &Expr, column: &Column, span: Span) {
        if !self.plans {
            return;
        }
        let conversion = match value {
            Expr::ToDomain(it) => &it.operand,
            other => other,
        };
        let Expr::Function(call) = conversion else {
            return;
        };
        let Some(text) = call.arguments.first().and_then(text_of) else {
            return;
        };
        match call.function {
            TO_BPCHAR | TO_VARCHAR => {
                let Some(limit) = limit_of(call) else {
                    return;
                };
                // Blanks at the end are cut off without a word.
                let count = text.chars().count();
                let cut = text.chars().skip(limit).any(|it| it != ' ');
                if count > limit && cut {
                    self.report(errors::too_long(span, &column.name, count, limit));
                }
            }
            TO_NUMERIC => {
                let Some(packed) = modifier_of(call) else {
                    return;
                };
                let packed = packed - HEADER;
                let precision = (packed >> 16) & 0xFFFF;
                let scale = ((packed & 0x7FF) ^ 1024) - 1024;
                if overflows(text, precision, scale) {
                    self.report(errors::numeric_overflow(
                        span,
                        &column.name,
                        precision,
                        scale,
                    ));
                }
            }
            function => {
                let range = TO_INTEGERS.iter().find(|(oid, ..)| *oid == function);
                if let Some((_, name, least, most)) = range
                    && let Ok(number) = text.parse::<i128>()
                    && !(*least..=*most).contains(&number)
                {
                    self.report(errors::out_of_range(span, &column.name, name));
                }
            }
        }
    }

    /// Reports the columns of a row of VALUES that cannot be NULL and would be. `given` holds the values and their
    /// places; `span` is where a column would have to be listed.
    pub(super) fn check_nulls(
        &mut self,
        relation: &Relation,
        given: &[(i16, &Expr, Span)],
        span: Span,
    ) {
        if !self.plans || relation.incomplete || !self.writes_as_said(relation) {
            return;
        }
        for column in relation.live_columns() {
            if !column.not_null || column.identity.is_some() || column.generated.is_some() {
                continue;
            }
            let value = given.iter().find(|(number, ..)| *number == column.number);
            let declared = column.provenance.as_ref().map(|it| it.created);
            match value {
                Some((_, Expr::Default(_), place)) if !self.has_default(column) => {
                    self.report(errors::null_default(*place, &column.name, declared));
                }
                Some((_, value, place)) if is_null(value) => {
                    self.report(errors::null_value(*place, &column.name, declared));
                }
                Some(_) => {}
                None if self.has_default(column) => {}
                None => {
                    self.report(errors::no_value(
                        span,
                        &relation.name,
                        &column.name,
                        declared,
                    ));
                }
            }
        }
    }

    /// Whether a column has a value where none is given, of its own or of its domain.
    fn has_default(&self, column: &Column) -> bool {
        if column.default.is_some() {
            return true;
        }
        let mut oid = column.typed.oid;
        // A domain is made of what was there before it, so that this ends.
        while let Some(TypeKind::Domain { base }) = self.type_kind(oid) {
            let made = self.catalog.made_type(oid).map(|it| &it.more);
            match made {
                Some(TypeDetails::Domain(details)) if details.default.is_none() => oid = base.oid,
                // A default, or a domain of which nothing more is known.
                _ => return true,
            }
        }
        false
    }

    /// Whether nothing but the statement decides what is written: no trigger, no rule, no view.
    fn writes_as_said(&self, relation: &Relation) -> bool {
        let is_table = matches!(
            relation.kind,
            RelationKind::Table | RelationKind::Partitioned(_)
        );
        if !is_table || self.has_rule(relation.oid, RuleEvent::Insert) {
            return false;
        }
        let mut tables = vec![relation.oid];
        while let Some(table) = tables.pop() {
            let mut triggers = self.catalog.triggers.inside(Some(table));
            let changes = triggers.any(|it| {
                it.time == TriggerTime::Before
                    && it.for_each_row
                    && it.events.contains(&TriggerEvent::Insert)
                    && it.enabled != Enabled::Disabled
            });
            if changes {
                return false;
            }
            if let Some(table) = self.catalog.relation(table)
                && matches!(table.kind, RelationKind::Partitioned(_))
            {
                tables.extend(&table.children);
            }
        }
        true
    }
}

/// Whether a value is NULL on every database.
fn is_null(value: &Expr) -> bool {
    match value {
        Expr::Constant(constant) => constant.value.is_none(),
        Expr::Relabel(it) | Expr::ToDomain(it) | Expr::Io(it) => is_null(&it.operand),
        Expr::Collate(it) => is_null(&it.operand),
        // The conversions to a length are strict.
        Expr::Function(call) if matches!(call.function, TO_BPCHAR | TO_VARCHAR | TO_NUMERIC) => {
            call.arguments.first().is_some_and(is_null)
        }
        _ => false,
    }
}

fn text_of(value: &Expr) -> Option<&str> {
    match value {
        Expr::Constant(constant) => match &constant.value {
            Some(Value::Text(text)) => Some(text),
            Some(Value::Object(_) | Value::Label(_)) | None => None,
        },
        Expr::Relabel(it) => text_of(&it.operand),
        // An integer as a number of any length is written alike.
        Expr::Function(call) if is_widening(call) => text_of(call.arguments.first()?),
        _ => None,
    }
}

/// `numeric(int4)`, `numeric(int8)`, `numeric(int2)`.
fn is_widening(call: &FunctionCall) -> bool {
    matches!(call.function, Oid(1740 | 1781 | 1782)) && call.typed.oid == well_known::NUMERIC
}

fn modifier_of(call: &FunctionCall) -> Option<i32> {
    text_of(call.arguments.get(1)?)?.parse().ok()
}

fn limit_of(call: &FunctionCall) -> Option<usize> {
    usize::try_from(modifier_of(call)? - HEADER).ok()
}

/// Whether a number, rounded to a scale, has more digits than a precision.
fn overflows(text: &str, precision: i32, scale: i32) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) || scale < 0 {
        return false;
    }
    let whole = whole.trim_start_matches('0');
    let (Ok(allowed), Ok(kept)) = (usize::try_from(precision - scale), usize::try_from(scale))
    else {
        return false;
    };
    if whole.len() != allowed {
        return whole.len() > allowed;
    }
    // Of nines alone the next digit can make one digit more.
    let rounds_up = fraction.as_bytes().get(kept).is_some_and(|it| *it >= b'5');
    let before = fraction.get(..kept).unwrap_or(fraction);
    let nines = whole.bytes().chain(before.bytes()).all(|it| it == b'9');
    rounds_up && nines && before.len() == kept
}

#[cfg(test)]
mod tests {
    use super::overflows;

    #[test]
    fn a_number_overflows_by_its_digits_before_the_point() {
        for (text, precision, scale, expected) in [
            ("999.99", 5, 2, false),
            ("999.994", 5, 2, false),
            ("999.995", 5, 2, true),
            ("1000", 5, 2, true),
            ("-1000.0", 5, 2, true),
            ("0.99", 2, 2, false),
            ("0.995", 2, 2, true),
            ("1", 2, 2, true),
            ("000123", 3, 0, false),
            ("NaN", 3, 0, false),
        ] {
            assert_eq!(overflows(text, precision, scale), expected, "{text}");
        }
    }
}
