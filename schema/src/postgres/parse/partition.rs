//! PARTITION BY, and the bounds of partitions.

use super::cursor::{Parser, Syntax};
use crate::postgres::ast::{
    Expr, ExprKind, PartitionBound, PartitionBoundKind, PartitionBy, PartitionKey,
    PartitionStrategy, RangeBound,
};
use tablature_lexer::postgres::Keyword;

impl Parser<'_> {
    /// PARTITION BY (`OptPartitionSpec`), or nothing.
    pub(super) fn partition_by(&mut self) -> Syntax<Option<PartitionBy>> {
        let start = self.position();
        if !self.accept_start(Keyword::Partition, &[Keyword::By])? {
            return Ok(None);
        }
        let word = self.column_id("`RANGE`, `LIST` or `HASH`")?;
        let strategy = match word.name.to_ascii_lowercase().as_str() {
            "range" => PartitionStrategy::Range,
            "list" => PartitionStrategy::List,
            "hash" => PartitionStrategy::Hash,
            _ => {
                return self.refuse(
                    word.span,
                    &format!("no partitioning strategy `{}`", word.name),
                );
            }
        };
        let keys = self.parenthesized_list(|parser| {
            let element = parser.index_element()?;
            let is_more = element.direction.is_some()
                || element.nulls.is_some()
                || !element.parameters.is_empty();
            if is_more {
                return parser.refuse(
                    element.span,
                    "a partition key has neither an order nor parameters",
                );
            }
            Ok(PartitionKey {
                key: element.key,
                collation: element.collation,
                operator_class: element.operator_class,
                span: element.span,
            })
        })?;
        Ok(Some(PartitionBy {
            strategy,
            keys,
            span: self.span_from(start),
        }))
    }

    /// `FOR VALUES …` or DEFAULT (`PartitionBoundSpec`).
    pub(super) fn partition_bound(&mut self) -> Syntax<PartitionBound> {
        let start = self.position();
        let kind = if self.accept(Keyword::Default) {
            PartitionBoundKind::Default
        } else if self.accept_start(Keyword::For, &[Keyword::Values])? {
            match self.keyword() {
                Some(Keyword::With) => self.hash_bound()?,
                Some(Keyword::In) => {
                    self.advance();
                    PartitionBoundKind::List(self.parenthesized_list(Self::expr)?)
                }
                Some(Keyword::From) => {
                    self.advance();
                    let from = self.parenthesized_list(Self::range_bound)?;
                    self.expect(Keyword::To)?;
                    PartitionBoundKind::Range {
                        from,
                        to: self.parenthesized_list(Self::range_bound)?,
                    }
                }
                _ => return Err(self.expected("`IN`, `FROM` or `WITH`")),
            }
        } else {
            return Err(self.expected("`FOR VALUES` or `DEFAULT`"));
        };
        Ok(PartitionBound {
            kind,
            span: self.span_from(start),
        })
    }

    fn hash_bound(&mut self) -> Syntax<PartitionBoundKind> {
        let start = self.position();
        self.expect(Keyword::With)?;
        let (mut modulus, mut remainder) = (None, None);
        self.parenthesized_list(|parser| {
            let word = parser.non_reserved_word("`MODULUS` or `REMAINDER`")?;
            let place = match &*word.name {
                "modulus" => &mut modulus,
                "remainder" => &mut remainder,
                _ => {
                    return parser.refuse(word.span, "expected `MODULUS` or `REMAINDER`");
                }
            };
            let value = parser.integer("a number")?;
            match place.replace(value) {
                None => Ok(()),
                Some(_) => parser.refuse(word.span, "this is said already"),
            }
        })?;
        let span = self.span_from(start);
        match (modulus, remainder) {
            (Some(modulus), Some(remainder)) => Ok(PartitionBoundKind::Hash { modulus, remainder }),
            (None, _) => self.refuse(span, "a hash partition needs a MODULUS"),
            (_, None) => self.refuse(span, "a hash partition needs a REMAINDER"),
        }
    }

    fn range_bound(&mut self) -> Syntax<RangeBound> {
        let value = self.expr()?;
        Ok(match bare_word(&value) {
            Some("minvalue") => RangeBound::MinValue(value.span),
            Some("maxvalue") => RangeBound::MaxValue(value.span),
            _ => RangeBound::Value(value),
        })
    }
}

/// The name that an expression is, if it is nothing else.
fn bare_word(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Column { parts, star: None } => match parts.as_slice() {
            [only] => Some(&only.name),
            _ => None,
        },
        _ => None,
    }
}
