//! What the planner computes of an expression before it knows a row (`eval_const_expressions`), as far as that can fail.
//!
//! The engine computes every immutable call whose arguments are constant when it plans a statement, so that `1 / 0` fails a
//! statement that touches no row. The order is the engine's: what AND, OR, CASE and COALESCE leave out is not computed.
//! Functions whose values are not known here are taken to vary; they are never taken to succeed with another value.

mod boolean;
mod call;
mod compare;
mod length;
mod mistake;
mod number;
mod text;

pub(crate) use mistake::Mistake;

use super::catalog::Catalog;
use super::resolve::volatility;
use super::tree::{Constant, Conversion, Expr, Value};
use super::types::{Input, Objects as _, TypeKind, Typing, ValueType, Volatility, well_known};
use std::sync::Arc;

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Folded {
    /// A value as its type prints it; none for NULL.
    Known(Option<Arc<str>>),
    /// It depends on rows, on the moment, or on what is not computed here.
    Varies,
}

impl Folded {
    const NULL: Folded = Folded::Known(None);

    fn text(text: impl AsRef<str>) -> Folded {
        Folded::Known(Some(text.as_ref().into()))
    }
}

/// A value, or what the engine would refuse.
type Outcome = Result<Folded, Mistake>;

/// Computes an expression as far as it is constant.
///
/// # Errors
///
/// Says what the engine would refuse while it plans the expression.
pub(crate) fn fold(catalog: &Catalog, version: u16, expression: &Expr) -> Outcome {
    Folder { catalog, version }.fold(expression)
}

#[derive(Clone, Copy)]
struct Folder<'a> {
    catalog: &'a Catalog,
    version: u16,
}

impl Folder<'_> {
    fn fold(self, expression: &Expr) -> Outcome {
        match expression {
            Expr::Constant(constant) => Ok(match &constant.value {
                None => Folded::NULL,
                Some(Value::Text(text)) => Folded::Known(Some(Arc::clone(text))),
                Some(Value::Object(_) | Value::Label(_) | Value::Labels(_)) => Folded::Varies,
            }),
            Expr::Function(it) if !it.returns_set => {
                self.call(it.function, &it.arguments, it.variadic)
            }
            Expr::Operator(it) if !it.returns_set => {
                let function = self.catalog.operator(it.operator);
                match function.and_then(|it| it.function) {
                    Some(function) => self.call(function, &it.arguments, false),
                    None => self.parts(&it.arguments),
                }
            }
            Expr::Function(it) => self.parts(&it.arguments),
            Expr::Distinct(it) => self.distinct(it),
            Expr::Operator(it) | Expr::NullIf(it) => self.parts(&it.arguments),
            Expr::Aggregate(it) => {
                self.parts(&it.direct_arguments)?;
                for argument in &it.arguments {
                    self.fold(&argument.expression)?;
                }
                self.parts(&it.filter)
            }
            Expr::Window(it) => {
                self.parts(&it.arguments)?;
                self.parts(&it.filter)
            }
            Expr::ArrayComparison(it) => self.array_comparison(it),
            Expr::Boolean(operator, operands) => self.boolean(*operator, operands),
            Expr::NullTest(it) => self.null_test(it),
            Expr::BooleanTest(it) => self.boolean_test(it),
            Expr::Case(it) => self.case(it),
            Expr::Coalesce(it) => self.coalesce(&it.arguments),
            Expr::MinMax(it) => self.parts(&it.arguments),
            // Its query is planned by itself, where it is not left out.
            Expr::SubLink(it) => self.parts(&it.operands),
            Expr::Named(it) => self.fold(&it.argument),
            Expr::Subscripts(it) => self.parts([&it.container]),
            Expr::FieldSelect(it) => self.parts([&it.row]),
            Expr::FieldStore(it) => {
                self.fold(&it.row)?;
                self.parts(it.fields.iter().map(|(_, value)| value))
            }
            Expr::Relabel(it) => self.relabelled(it),
            Expr::Io(it) => self.through_text(it),
            Expr::ArrayCoercion(it) => self.parts([&it.operand]),
            // Whether the constraints hold is looked at when the statement runs.
            Expr::ToDomain(it) | Expr::ConvertRow(it) => self.parts([&it.operand]),
            Expr::Collate(it) => self.fold(&it.operand),
            Expr::Array(it) => self.parts(&it.elements),
            Expr::Row(it) => self.parts(&it.fields),
            Expr::RowComparison(it) => self.parts(it.left.iter().chain(&it.right)),
            Expr::Xml(it) => {
                self.parts(it.named.iter().map(|(_, value)| value))?;
                self.parts(&it.arguments)
            }
            Expr::Column(_)
            | Expr::Parameter(_)
            | Expr::Grouping(_)
            | Expr::CaseTest(_)
            | Expr::SqlValue(_)
            | Expr::DomainValue(_)
            | Expr::Default(_)
            | Expr::CurrentOf(_)
            | Expr::Unknown => Ok(Folded::Varies),
        }
    }

    /// Computes the parts of something whose own value is not computed here.
    fn parts<'e>(self, parts: impl IntoIterator<Item = &'e Expr>) -> Outcome {
        for part in parts {
            self.fold(part)?;
        }
        Ok(Folded::Varies)
    }

    /// The same bytes as a value of another type: texts stay as they are printed, numbers may not.
    fn relabelled(self, conversion: &Conversion) -> Outcome {
        let folded = self.fold(&conversion.operand)?;
        let stays = self.is_printed_alike(conversion);
        Ok(match folded {
            Folded::Known(Some(_)) if !stays => Folded::Varies,
            other => other,
        })
    }

    /// Whether a conversion keeps the text of a value: between types of texts, and between a type and its domains.
    fn is_printed_alike(self, conversion: &Conversion) -> bool {
        let base = |typed: ValueType| Typing::new(self.catalog).base_type(typed.oid);
        let is_text = |oid| {
            matches!(
                oid,
                well_known::TEXT | well_known::VARCHAR | well_known::BPCHAR
            )
        };
        let (from, to) = (
            base(conversion.operand.value_type()),
            base(conversion.typed),
        );
        from == to || (is_text(from) && is_text(to))
    }

    /// Whether the conversion of each element of an array keeps their texts.
    fn keeps_texts(self, element: &Expr) -> bool {
        match element {
            Expr::CaseTest(_) => true,
            Expr::Relabel(it) => self.is_printed_alike(it) && self.keeps_texts(&it.operand),
            _ => false,
        }
    }

    /// A conversion that prints a value and reads it as another type's.
    fn through_text(self, conversion: &Conversion) -> Outcome {
        let Folded::Known(value) = self.fold(&conversion.operand)? else {
            return Ok(Folded::Varies);
        };
        let Some(text) = value else {
            return Ok(Folded::NULL);
        };
        let source = conversion.operand.value_type();
        // How such a value is printed, or read, may depend on settings: then it is done when the statement runs.
        let alone = Expr::Io(Box::new(Conversion {
            operand: Expr::Constant(Constant {
                typed: source,
                value: None,
            }),
            ..conversion.clone()
        }));
        let kind = self
            .catalog
            .type_by_oid(conversion.typed.oid)
            .map(|it| it.kind);
        let is_domain = matches!(kind, Some(TypeKind::Domain { .. }));
        if is_domain || volatility(self.catalog, &alone) != Volatility::Immutable {
            return Ok(Folded::Varies);
        }
        let typing = Typing::new(self.catalog);
        match typing.input(conversion.typed, &text, self.version) {
            Ok(Input::Value(Value::Text(text))) => Ok(Folded::Known(Some(text))),
            Ok(
                Input::Value(Value::Object(_) | Value::Label(_) | Value::Labels(_))
                | Input::Moment
                | Input::Unsure(_),
            ) => Ok(Folded::Varies),
            Err(mistake) => Err(Mistake::Input(mistake)),
        }
    }
}
