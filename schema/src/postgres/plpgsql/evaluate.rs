//! Values of expressions that depend on nothing but the catalog and on variables whose values are known.
//!
//! No value means that it is only known when the statement runs. What the engine would refuse is not judged here: such an
//! expression has no value either.

use super::functions::call;
use super::value::{Known, Row, Settings, Value};
use crate::postgres::ast::{
    BooleanOperator, BooleanTest, Constant, Expr, ExprKind, Ident, Indirection, LikeOperator,
    QuantifiedOperand, Quantifier, SqlValue, TypeName, TypeNameKind,
};
use crate::postgres::catalog::Catalog;
use std::cmp::Ordering;
use std::sync::Arc;

/// What an expression can refer to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) settings: &'a Settings,
    /// The variables of the body, the innermost last.
    pub(crate) variables: &'a [(Arc<str>, Known)],
    /// The rows of the query at hand and of those around it, with the names of their FROM items.
    pub(crate) rows: &'a [(Arc<str>, Row)],
}

impl Scope<'_> {
    /// The value of an expression.
    pub(crate) fn value(self, expr: &Expr) -> Known {
        match &expr.kind {
            ExprKind::Constant(constant) => literal(constant),
            ExprKind::Column { parts, star: None } => self.name(parts),
            ExprKind::Parameter(number) => self.variable(&format!("${number}")),
            ExprKind::Cast {
                value, type_name, ..
            } => self.cast(self.value(value)?, type_name),
            ExprKind::Boolean { operator, operands } => self.boolean(*operator, operands),
            ExprKind::Not(operand) => Some(match truth(&self.value(operand)?)? {
                Some(truth) => Value::Bool(!truth),
                None => Value::Null,
            }),
            ExprKind::IsNull { value, negated } => {
                let is_null = self.value(value)? == Value::Null;
                Some(Value::Bool(is_null != *negated))
            }
            ExprKind::IsTruth {
                value,
                test,
                negated,
            } => {
                let wanted = match test {
                    BooleanTest::True => Some(true),
                    BooleanTest::False => Some(false),
                    BooleanTest::Unknown => None,
                };
                let is_so = truth(&self.value(value)?)? == wanted;
                Some(Value::Bool(is_so != *negated))
            }
            ExprKind::IsDistinct {
                left,
                right,
                negated,
                ..
            } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                let is_equal = match (&left, &right) {
                    (Value::Null, Value::Null) => true,
                    (Value::Null, _) | (_, Value::Null) => false,
                    _ => self.compare(&left, &right)? == Ordering::Equal,
                };
                Some(Value::Bool(is_equal == *negated))
            }
            ExprKind::Binary {
                operator,
                left,
                right,
            } => self.binary(&operator.name, &self.value(left)?, &self.value(right)?),
            ExprKind::In {
                negated,
                value,
                list,
                ..
            } => {
                let value = self.value(value)?;
                let list: Vec<Known> = list.iter().map(|item| self.value(item)).collect();
                self.among(&value, &list, *negated)
            }
            ExprKind::InQuery {
                negated,
                value,
                query,
                ..
            } => {
                let value = self.value(value)?;
                let list = self.first_column(query)?;
                self.among(&value, &list, *negated)
            }
            ExprKind::Quantified {
                value,
                operator,
                quantifier: Quantifier::Any,
                operand,
            } if &*operator.name == "=" => {
                let value = self.value(value)?;
                let list = match operand {
                    QuantifiedOperand::Query(query) => self.first_column(query)?,
                    QuantifiedOperand::Expr(array) => match self.value(array)? {
                        Value::List(list) => list.into_iter().map(Some).collect(),
                        Value::Text(text) => simple_array(&text)?.into_iter().map(Some).collect(),
                        _ => return None,
                    },
                };
                self.among(&value, &list, false)
            }
            ExprKind::Like {
                like,
                negated,
                value,
                pattern,
                ..
            } => {
                let (value, pattern) = (self.value(value)?, self.value(pattern)?);
                if value == Value::Null || pattern == Value::Null {
                    return Some(Value::Null);
                }
                let (value, pattern) = (value.as_text()?, pattern.as_text()?);
                let matches = match like {
                    LikeOperator::Like => matches_like(&value, &pattern),
                    LikeOperator::ILike => {
                        matches_like(&value.to_lowercase(), &pattern.to_lowercase())
                    }
                    LikeOperator::SimilarTo => return None,
                };
                Some(Value::Bool(matches != *negated))
            }
            ExprKind::Between {
                negated,
                symmetric: false,
                value,
                low,
                high,
                ..
            } => {
                let value = self.value(value)?;
                let is_above = self.binary(">=", &value, &self.value(low)?)?;
                let is_below = self.binary("<=", &value, &self.value(high)?)?;
                match (is_above, is_below) {
                    (Value::Bool(above), Value::Bool(below)) => {
                        Some(Value::Bool((above && below) != *negated))
                    }
                    _ => None,
                }
            }
            ExprKind::Exists(query) => self.exists(query).map(Value::Bool),
            ExprKind::Subquery(query) => match self.first_column(query)?.as_slice() {
                [] => Some(Value::Null),
                [only] => only.clone(),
                _ => None,
            },
            ExprKind::ArrayQuery(query) => {
                let values: Option<Vec<Value>> = self.first_column(query)?.into_iter().collect();
                values.map(Value::List)
            }
            ExprKind::Array(elements) => {
                let values: Option<Vec<Value>> =
                    elements.iter().map(|element| self.value(element)).collect();
                values.map(Value::List)
            }
            ExprKind::Case {
                operand,
                whens,
                otherwise,
            } => {
                let operand = match operand {
                    Some(operand) => Some(self.value(operand)?),
                    None => None,
                };
                for when in whens {
                    let condition = self.value(&when.condition)?;
                    let applies = match &operand {
                        Some(operand) => self.binary("=", operand, &condition)?,
                        None => condition,
                    };
                    if truth(&applies)? == Some(true) {
                        return self.value(&when.result);
                    }
                }
                match otherwise {
                    Some(otherwise) => self.value(otherwise),
                    None => Some(Value::Null),
                }
            }
            ExprKind::Coalesce(values) => {
                for value in values {
                    match self.value(value)? {
                        Value::Null => {}
                        value => return Some(value),
                    }
                }
                Some(Value::Null)
            }
            ExprKind::NullIf(left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                match self.binary("=", &left, &right)? {
                    Value::Bool(true) => Some(Value::Null),
                    _ => Some(left),
                }
            }
            ExprKind::Function(function) => {
                let arguments: Vec<Known> = function
                    .arguments
                    .iter()
                    .map(|argument| self.value(&argument.value))
                    .collect();
                call(self, &function.name, &arguments)
            }
            ExprKind::SqlValue {
                value: SqlValue::CurrentSchema,
                ..
            } => self.current_schema(),
            ExprKind::Indirection { value, steps } => {
                let mut value = self.value(value)?;
                for step in steps {
                    value = self.part(&value, step)?;
                }
                Some(value)
            }
            _ => None,
        }
    }

    /// The schema of new objects.
    pub(super) fn current_schema(self) -> Known {
        let namespace = self.catalog.creation_namespace()?;
        self.catalog.namespace_name(namespace).map(Value::text)
    }

    /// An element or a field of a value.
    fn part(self, value: &Value, step: &Indirection) -> Known {
        match (value, step) {
            (Value::List(list), Indirection::Subscript(index)) => {
                let index = self.value(index)?.as_number()?;
                let index = usize::try_from(index).ok().and_then(|it| it.checked_sub(1));
                let element = index.and_then(|index| list.get(index));
                Some(element.cloned().unwrap_or(Value::Null))
            }
            (Value::Record(row), Indirection::Field(field)) => column(row, &field.name),
            _ => None,
        }
    }

    /// A column of the rows at hand, or a variable.
    pub(super) fn name(self, parts: &[Ident]) -> Known {
        match parts {
            [name] => {
                let in_rows = self.rows.iter().rev();
                let mut in_rows = in_rows.filter(|(_, row)| has_column(row, &name.name));
                if let Some((_, row)) = in_rows.next() {
                    return column(row, &name.name);
                }
                self.variable(&name.name)
            }
            [qualifier, name] => {
                let mut items = self.rows.iter().rev();
                if let Some((_, row)) = items.find(|(item, _)| *item == qualifier.name) {
                    return column(row, &name.name);
                }
                match self.variable(&qualifier.name)? {
                    Value::Record(row) => column(&row, &name.name),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn variable(self, name: &str) -> Known {
        let mut variables = self.variables.iter().rev();
        let (_, value) = variables.find(|(variable, _)| **variable == *name)?;
        value.clone()
    }

    fn boolean(self, operator: BooleanOperator, operands: &[Expr]) -> Known {
        let decisive = operator == BooleanOperator::Or;
        let mut is_known = true;
        let mut is_null = false;
        for operand in operands {
            match self.value(operand).as_ref().and_then(truth) {
                Some(Some(truth)) if truth == decisive => return Some(Value::Bool(decisive)),
                Some(Some(_)) => {}
                Some(None) => is_null = true,
                None => is_known = false,
            }
        }
        if !is_known {
            return None;
        }
        Some(match is_null {
            true => Value::Null,
            false => Value::Bool(!decisive),
        })
    }

    /// Whether a value is one of a list, some of which may not be known.
    fn among(self, value: &Value, list: &[Known], negated: bool) -> Known {
        let mut is_known = true;
        let mut is_null = false;
        for item in list {
            match item.as_ref().and_then(|item| self.binary("=", value, item)) {
                Some(Value::Bool(true)) => return Some(Value::Bool(!negated)),
                Some(Value::Null) => is_null = true,
                Some(_) => {}
                None => is_known = false,
            }
        }
        match (is_known, is_null) {
            (false, _) => None,
            (true, true) => Some(Value::Null),
            (true, false) => Some(Value::Bool(negated)),
        }
    }

    /// An operator between two values.
    pub(super) fn binary(self, operator: &str, left: &Value, right: &Value) -> Known {
        if *left == Value::Null || *right == Value::Null {
            return Some(Value::Null);
        }
        let order = || self.compare(left, right);
        Some(match operator {
            "=" => Value::Bool(order()? == Ordering::Equal),
            "<>" => Value::Bool(order()? != Ordering::Equal),
            "<" | "<=" | ">" | ">=" => {
                let order = order()?;
                // How texts are sorted is the collation's to say.
                let is_text = matches!(left, Value::Text(_)) && matches!(right, Value::Text(_));
                if is_text && order != Ordering::Equal {
                    return None;
                }
                Value::Bool(match operator {
                    "<" => order == Ordering::Less,
                    "<=" => order != Ordering::Greater,
                    ">" => order == Ordering::Greater,
                    _ => order != Ordering::Less,
                })
            }
            "||" => match (left, right) {
                (Value::List(left), Value::List(right)) => {
                    Value::List(left.iter().chain(right).cloned().collect())
                }
                _ => Value::text(&format!("{}{}", left.as_text()?, right.as_text()?)),
            },
            "+" => Value::Number(number(left)?.checked_add(number(right)?)?),
            "-" => Value::Number(number(left)?.checked_sub(number(right)?)?),
            "*" => Value::Number(number(left)?.checked_mul(number(right)?)?),
            "/" => Value::Number(number(left)?.checked_div(number(right)?)?),
            "%" => Value::Number(number(left)?.checked_rem(number(right)?)?),
            _ => return None,
        })
    }

    /// The order of two values that are not NULL.
    fn compare(self, left: &Value, right: &Value) -> Option<Ordering> {
        match (left, right) {
            (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
            (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
            (Value::Bool(truth), Value::Text(text)) | (Value::Text(text), Value::Bool(truth)) => {
                let said = match &**text {
                    "t" | "true" => true,
                    "f" | "false" => false,
                    _ => return None,
                };
                Some(truth.cmp(&said))
            }
            (Value::Relation(oid), Value::Text(name))
            | (Value::Text(name), Value::Relation(oid)) => {
                let named = self.relation(name)?;
                Some(oid.cmp(&named))
            }
            (Value::List(left), Value::List(right)) if left == right => Some(Ordering::Equal),
            _ => Some(left.as_number()?.cmp(&right.as_number()?)),
        }
    }

    /// The number of a relation by its name as text, perhaps with a schema, perhaps quoted.
    pub(super) fn relation(self, name: &str) -> Option<u32> {
        let parts = super::functions::split_name(name)?;
        let (schema, name) = match parts.as_slice() {
            [name] => (None, name),
            [schema, name] => (Some(schema.as_str()), name),
            _ => return None,
        };
        let name = crate::postgres::catalog::ObjectName { schema, name };
        self.catalog.find_relation(name).map(|found| found.oid.0)
    }

    pub(super) fn cast(self, value: Value, target: &TypeName) -> Known {
        let name: &str = match &target.kind {
            TypeNameKind::System { name, .. } => name,
            TypeNameKind::Named { name, .. } => &name.name.name,
            TypeNameKind::Interval { .. } | TypeNameKind::OfColumn(_) => return None,
        };
        if value == Value::Null {
            return Some(Value::Null);
        }
        if !target.dimensions.is_empty() {
            return match value {
                Value::List(list) => Some(Value::List(list)),
                Value::Text(text) => simple_array(&text).map(Value::List),
                _ => None,
            };
        }
        match name {
            "text" | "varchar" | "name" | "bpchar" => match value {
                Value::Relation(oid) => self.relation_text(oid),
                Value::Bool(truth) => Some(Value::text(if truth { "true" } else { "false" })),
                value => value.as_text().map(Value::Text),
            },
            "regclass" => match value {
                Value::Text(text) => self.relation(&text).map(Value::Relation),
                value => u32::try_from(value.as_number()?).ok().map(Value::Relation),
            },
            "regnamespace" => {
                let name = value.as_text()?;
                let found = self.catalog.namespace_named(&name)?;
                Some(Value::Number(found.0.into()))
            }
            "regtype" => {
                let name = value.as_text()?;
                super::functions::type_number(self, &name)
            }
            "oid" | "int2" | "int4" | "int8" => value.as_number().map(Value::Number),
            "bool" => match value {
                Value::Bool(truth) => Some(Value::Bool(truth)),
                Value::Text(text) if matches!(&*text, "t" | "true") => Some(Value::Bool(true)),
                Value::Text(text) if matches!(&*text, "f" | "false") => Some(Value::Bool(false)),
                _ => None,
            },
            // The information schema's own types, and labels of enums, are their texts.
            "sql_identifier" | "character_data" | "yes_or_no" | "char" => Some(value),
            _ => match value {
                Value::Text(text) => Some(Value::Text(text)),
                _ => None,
            },
        }
    }

    /// A relation as `regclass` prints it: with its schema if the search path does not find it.
    fn relation_text(self, oid: u32) -> Known {
        let oid = crate::postgres::types::Oid(oid);
        let found = self.catalog.relation(oid)?;
        let quoted = tablature_lexer::postgres::quote_name(&found.name);
        let bare = crate::postgres::catalog::ObjectName::bare(&found.name);
        let visible = self.catalog.find_relation(bare).map(|it| it.oid) == Some(oid);
        if visible {
            return Some(Value::text(&quoted));
        }
        let schema = self.catalog.namespace_name(found.namespace)?;
        let schema = tablature_lexer::postgres::quote_name(schema);
        Some(Value::text(&format!("{schema}.{quoted}")))
    }
}

/// What a condition says: nothing if it is no condition, and then nothing for NULL.
#[expect(
    clippy::option_option,
    reason = "a value that is no truth value, and NULL, are two things"
)]
pub(super) fn truth(value: &Value) -> Option<Option<bool>> {
    match value {
        Value::Bool(truth) => Some(Some(*truth)),
        Value::Null => Some(None),
        _ => None,
    }
}

fn literal(constant: &Constant) -> Known {
    Some(match constant {
        Constant::Null => Value::Null,
        Constant::Boolean(truth) => Value::Bool(*truth),
        Constant::Integer(number) => Value::Number(i64::from(*number)),
        Constant::String(text) => Value::text(text),
        Constant::Number(text) => Value::Number(text.parse().ok()?),
        Constant::Bits(_) => return None,
    })
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

fn has_column(row: &Row, name: &str) -> bool {
    row.iter().any(|(column, _)| **column == *name)
}

fn column(row: &Row, name: &str) -> Known {
    let (_, value) = row.iter().find(|(column, _)| **column == *name)?;
    value.clone()
}

/// The elements of `{a,b}`, if none is quoted or an array.
pub(super) fn simple_array(text: &str) -> Option<Vec<Value>> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    if inner.contains(['"', '\\', '{']) {
        return None;
    }
    if inner.trim().is_empty() {
        return Some(Vec::new());
    }
    Some(
        inner
            .split(',')
            .map(|item| Value::text(item.trim()))
            .collect(),
    )
}

/// LIKE with `%`, `_` and `\`.
fn matches_like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let (mut at, mut place) = (0, 0);
    // Where the last `%` stands, and how much of the text it covers so far.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        let (escaped, wanted) = match pattern.get(place) {
            Some('\\') => (true, pattern.get(place + 1)),
            other => (false, other),
        };
        match wanted {
            Some('%') if !escaped => {
                star = Some((place, at));
                place += 1;
            }
            Some(character) if !escaped && *character == '_' || text.get(at) == Some(character) => {
                at += 1;
                place += 1 + usize::from(escaped);
            }
            _ => match &mut star {
                Some((percent, covered)) => {
                    *covered += 1;
                    at = *covered;
                    place = *percent + 1;
                }
                None => return false,
            },
        }
    }
    pattern
        .get(place..)
        .unwrap_or_default()
        .iter()
        .all(|rest| *rest == '%')
}
