//! PRIMARY KEY, UNIQUE and EXCLUDE (`transformIndexConstraint`).

use super::NewKey;
use super::parts::NewKeyKind;
use crate::errors::postgres::{indexes, tables as errors};
use crate::postgres::ast::{ConstraintAttributes, ExclusionElement, Ident, OperatorName};
use crate::postgres::catalog::{Candidate, IndexKey, IndexTerm, Relation, Timing};
use crate::postgres::replay::Replay;
use crate::postgres::replay::index::{BTREE, ConstraintRequest, IndexRequest, KeyRequest};
use crate::postgres::replay::options::OptionsOf;
use crate::postgres::types::{Objects as _, Oid, Typing};
use std::sync::Arc;

impl Replay {
    /// Adds the keys of a table, the primary one first, each but once.
    pub(crate) fn add_keys(&mut self, table: Oid, keys: &[NewKey<'_>], only: bool) {
        let is_primary = |key: &&NewKey<'_>| matches!(key.kind, NewKeyKind::Primary(_));
        let (primary, others): (Vec<_>, Vec<_>) = keys.iter().partition(is_primary);
        let mut requests: Vec<IndexRequest> = Vec::new();
        for key in primary.into_iter().chain(others) {
            let Some(relation) = self.relation_of(table) else {
                return;
            };
            let Some(request) = self.key_request(&relation, key, only) else {
                continue;
            };
            let is_primary = request.constraint.as_ref().is_some_and(|it| it.primary);
            if is_primary && self.has_second_primary_key(&relation, &requests, key) {
                continue;
            }
            // One that says the same as an earlier one is that one, which takes its name if it has none.
            let mut earlier = requests.iter_mut();
            match earlier.find(|earlier| is_repeated(earlier, &request)) {
                Some(earlier) => earlier.name = earlier.name.take().or(request.name),
                None => requests.push(request),
            }
        }
        for request in requests {
            self.define_index(request);
        }
    }

    fn has_second_primary_key(
        &mut self,
        relation: &Relation,
        requests: &[IndexRequest],
        key: &NewKey<'_>,
    ) -> bool {
        let known = self.catalog.primary_key(relation.oid).map(|(oid, _)| oid);
        let known = known.and_then(|oid| self.relation_of(oid));
        let of_statement = requests.iter().find_map(|request| {
            let constraint = request.constraint.as_ref()?;
            constraint.primary.then_some(request.span)
        });
        if known.is_none() && of_statement.is_none() {
            return false;
        }
        let first = of_statement.or(known.and_then(|it| Some(it.provenance.as_ref()?.created)));
        self.report(errors::second_primary_key(&relation.name, key.span, first));
        true
    }

    fn key_request(
        &mut self,
        relation: &Relation,
        key: &NewKey<'_>,
        only: bool,
    ) -> Option<IndexRequest> {
        let mut predicate = None;
        let mut exclusion = None;
        let mut nulls_not_distinct = false;
        let (columns, method, what) = match &key.kind {
            NewKeyKind::Primary(columns) => (columns.as_slice(), BTREE, "primary key"),
            NewKeyKind::Unique(columns, same) => {
                nulls_not_distinct = *same;
                (columns.as_slice(), BTREE, "unique key")
            }
            NewKeyKind::Exclude { method, filter, .. } => {
                let method = self.access_method(*method)?;
                if let Some(filter) = filter {
                    predicate = Some(self.index_predicate(relation.oid, filter)?);
                }
                (&[][..], method, "exclusion")
            }
        };
        let keys = match &key.kind {
            NewKeyKind::Exclude { elements, .. } => {
                let (keys, operators) = self.exclusion_keys(relation, elements, method)?;
                exclusion = Some(operators);
                keys
            }
            NewKeyKind::Primary(_) | NewKeyKind::Unique(..) => {
                self.key_columns(relation, columns, what)?
            }
        };
        let include = key.index.include.iter();
        let include: Option<Vec<i16>> = include
            .map(|column| self.key_column(relation, column))
            .collect();
        let options = self.storage_options(&key.index.parameters, OptionsOf::Index(method));
        if let Some(tablespace) = &key.index.tablespace {
            self.check_tablespace(tablespace);
        }
        Some(IndexRequest {
            table: relation.oid,
            if_not_exists: false,
            name: key.name.map(|name| (Arc::clone(&name.name), name.span)),
            method,
            keys,
            include: include?,
            predicate,
            unique: exclusion.is_none(),
            nulls_not_distinct,
            constraint: Some(ConstraintRequest {
                primary: matches!(key.kind, NewKeyKind::Primary(_)),
                exclusion,
                timing: timing_of(key.attributes),
            }),
            options,
            tablespace: key
                .index
                .tablespace
                .as_ref()
                .map(|name| Arc::clone(&name.name)),
            only,
            parent: None,
            parent_constraint: None,
            span: key.span,
        })
    }

    fn key_column(&mut self, relation: &Relation, name: &Ident) -> Option<i16> {
        if let Some(column) = relation.column(&name.name) {
            return Some(column.number);
        }
        if !relation.incomplete {
            let others = Candidate::columns(relation);
            let diagnostic = errors::unknown_key_column(name, &relation.name, others);
            self.report(diagnostic);
        }
        None
    }

    fn key_columns(
        &mut self,
        relation: &Relation,
        names: &[Ident],
        what: &str,
    ) -> Option<Vec<KeyRequest>> {
        let mut keys: Vec<KeyRequest> = Vec::new();
        let mut is_sound = true;
        for name in names {
            let Some(number) = self.key_column(relation, name) else {
                is_sound = false;
                continue;
            };
            let mut known = keys.iter();
            if known.any(|key| key.key.term.column() == Some(number)) {
                self.report(errors::repeated_key_column(name, what));
                is_sound = false;
                continue;
            }
            let typed = relation.column_at(number)?.typed;
            let term = IndexTerm::Column(number);
            match self.index_key(term, typed, None, BTREE, name.span) {
                Some(key) => keys.push(KeyRequest {
                    key,
                    name: Some(Arc::clone(&name.name)),
                    typed,
                }),
                None => is_sound = false,
            }
        }
        is_sound.then_some(keys)
    }

    /// The keys of EXCLUDE and the operators by which rows are compared.
    fn exclusion_keys(
        &mut self,
        relation: &Relation,
        elements: &[ExclusionElement],
        method: Oid,
    ) -> Option<(Vec<KeyRequest>, Vec<Oid>)> {
        let mut keys = Vec::new();
        let mut operators = Vec::new();
        for element in elements {
            let key = self.key_of_element(relation, &element.element, method)?;
            let operator = self.exclusion_operator(&element.operator, &key.key, key.typed.oid)?;
            keys.push(key);
            operators.push(operator);
        }
        Some((keys, operators))
    }

    /// The operator of EXCLUDE for a key of a type; nothing if a mistake was reported.
    pub(crate) fn exclusion_operator(
        &mut self,
        name: &OperatorName,
        key: &IndexKey,
        of: Oid,
    ) -> Option<Oid> {
        let schema = name.schema.as_ref().map(|schema| &*schema.name);
        let typing = Typing::new(&self.catalog);
        let found = typing.compatible_operator(schema, &name.name, Some(of), of);
        let Some((oid, commutator)) = found.map(|it| (it.oid, it.commutator)) else {
            if !self.is_partly_unknown() {
                let type_name = self.catalog.type_text(of);
                let message = format!(
                    "no operator `{}` compares two values of type `{type_name}`",
                    name.name
                );
                self.report(indexes::refused(message, name.span));
            }
            return None;
        };
        if commutator != Some(oid) {
            let message = format!(
                "operator `{}` gives another result with its operands exchanged, which an exclusion cannot use",
                name.name
            );
            self.report(indexes::refused(message, name.span));
            return None;
        }
        let family = self.catalog.operator_class(key.class).map(|it| it.family)?;
        let members = self.catalog.family_members(family);
        if !members.iter().any(|it| it.operator == oid && !it.orders) {
            let message = format!(
                "operator `{}` is not one that the index can search by",
                name.name
            );
            self.report(indexes::refused(message, name.span));
            return None;
        }
        Some(oid)
    }
}

/// Whether an index constraint says the same as an earlier one.
fn is_repeated(earlier: &IndexRequest, later: &IndexRequest) -> bool {
    let columns = |request: &IndexRequest| -> Option<Vec<i16>> {
        let keys = request.keys.iter();
        keys.map(|key| key.key.term.column()).collect()
    };
    let constraints = |request: &IndexRequest| {
        let constraint = request.constraint.clone();
        constraint.map(|it| (it.exclusion, it.timing))
    };
    let (one, other) = (columns(earlier), columns(later));
    one.is_some()
        && one == other
        && earlier.include == later.include
        && earlier.method == later.method
        && earlier.predicate == later.predicate
        && earlier.nulls_not_distinct == later.nulls_not_distinct
        && constraints(earlier) == constraints(later)
}

/// When a constraint is checked.
pub(crate) fn timing_of(attributes: ConstraintAttributes) -> Timing {
    Timing {
        deferrable: attributes.deferrable,
        deferred: attributes.initially_deferred,
    }
}
