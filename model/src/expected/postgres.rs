//! The fields of PostgreSQL's schema, in the order in which they are written.

use super::text::{Reader, Value, Writer, of_fields};
use crate::postgres::{
    Column, Composite, Constraint, Domain, Enum, Extension, Generated, Index, Namespace,
    OwnerColumn, Policy, QualifiedName, Range, Routine, Rule, Schema, Sequence, Table, Trigger,
    View, ViewColumn,
};

of_fields! {
    Schema {
        schemas, extensions, enums, domains, composites, ranges, sequences, tables, views, indexes, routines, triggers,
        policies, rules
    }
    QualifiedName { schema, name }
    Namespace { name, place }
    Extension { name, place }
    Enum { name, labels, place }
    Domain { name, base, not_null, default, collation, constraints, place }
    Composite { name, attributes, place }
    Range { name, subtype, place }
    Sequence { name, data_type, start, increment, minimum, maximum, cycle, owner, place }
    OwnerColumn { table, column }
    Table {
        name, kind, unlogged, partition_key, partition_bound, parents, columns, constraints, row_security,
        force_row_security, place
    }
    Column { name, data_type, not_null, default, identity, generated, collation, place }
    Generated { kind, expression }
    Constraint { name, definition }
    View { name, materialized, columns, options, place }
    ViewColumn { name, data_type }
    Index { name, table, definition, valid, place }
    Routine {
        name, arguments, kind, result, language, volatility, strict, security_definer, settings, body,
        place
    }
    Trigger { name, table, definition, enabled, place }
    Policy { name, table, permissive, command, roles, using, check, place }
    Rule { name, table, event, place }
}
