//! Tables: one statement with what can stand in it, and then what cannot.

use super::Script;
use super::relation::{is_inline, unlogged};
use crate::postgres::catalog::{
    Address, Class, Constraint, ConstraintKind, ForeignTable, Relation, RelationKind,
    ReplicaIdentity,
};
use crate::postgres::print;
use crate::postgres::types::{Oid, Typing};

impl<'a> Script<'a> {
    pub(super) fn table(&mut self, table: &Relation) {
        let catalog = self.catalog;
        let name = self.relation_name(table.oid);
        let is_partition = table.bound.is_some();
        let mut elements: Vec<String> = table
            .live_columns()
            .filter(|column| column.local || is_partition)
            .map(|column| self.column(table, column))
            .collect();
        elements.extend(self.constraints_of(table).into_iter().filter_map(|it| {
            let is_there = is_inline(self, Address::new(Class::Constraint, it.oid));
            is_there.then(|| self.constraint_words(it)).flatten()
        }));
        let body = match elements.is_empty() {
            true => " ()".to_owned(),
            false => format!(" (\n    {}\n)", elements.join(",\n    ")),
        };
        let words = match &table.kind {
            RelationKind::Foreign(_) => "FOREIGN TABLE",
            _ => "TABLE",
        };
        let (body, of) = match table.of_type {
            // Its columns are those of the type.
            Some(of_type) => {
                let of_type = Typing::new(catalog).name(of_type);
                (self.typed_body(table), format!(" OF {of_type}"))
            }
            None => (body, String::new()),
        };
        let inherits = match is_partition || table.parents.is_empty() {
            true => String::new(),
            false => {
                let parents = table.parents.iter().map(|it| self.relation_name(*it));
                let parents: Vec<String> = parents.collect();
                format!("\nINHERITS ({})", parents.join(", "))
            }
        };
        let partitioned = table.partition_key().map(|key| {
            let key = print::partition_key_definition(catalog, table.oid, key);
            format!("\nPARTITION BY {key}")
        });
        let server = match &table.kind {
            RelationKind::Foreign(foreign) => self.server(foreign),
            _ => String::new(),
        };
        self.push(format!(
            "CREATE {}{words} {name}{of}{body}{inherits}{}{}{}{server}",
            unlogged(table),
            partitioned.unwrap_or_default(),
            self.access_method(table),
            self.options(table, false),
        ));
        self.owned_sequences(table);
        if let (Some(bound), Some(parent)) = (&table.bound, table.parents.first()) {
            let bound = print::partition_bound(catalog, bound);
            let parent = self.relation_name(*parent);
            self.push(format!(
                "ALTER TABLE ONLY {parent} ATTACH PARTITION {name} {bound}"
            ));
        }
        self.inherited_columns(table);
        self.column_settings(table);
        if table.row_security.enabled {
            self.push(format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"));
        }
        if table.row_security.forced {
            self.push(format!("ALTER TABLE {name} FORCE ROW LEVEL SECURITY"));
        }
        let identity = match table.replica_identity {
            ReplicaIdentity::Default | ReplicaIdentity::Index(_) => None,
            ReplicaIdentity::Nothing => Some("NOTHING"),
            ReplicaIdentity::Full => Some("FULL"),
        };
        if let Some(identity) = identity {
            self.push(format!("ALTER TABLE {name} REPLICA IDENTITY {identity}"));
        }
        for constraint in self.constraints_of(table) {
            if let Some(key) = constraint.kind.key()
                && is_inline(self, Address::new(Class::Constraint, constraint.oid))
            {
                self.index_settings(key.index);
            }
        }
    }

    fn server(&self, foreign: &ForeignTable) -> String {
        let server = self.catalog.plain.get(foreign.server);
        let server = server.map_or("", |it| &it.name);
        let options = option_list(self, &foreign.options);
        format!("\nSERVER {}{options}", self.name(server))
    }

    /// The constraints of a table in the order of their creation, without those that it has by its parents.
    fn constraints_of(&self, table: &Relation) -> Vec<&'a Constraint> {
        let catalog = self.catalog;
        let all = catalog.constraints.inside(Some(table.oid));
        let mut all: Vec<&'a Constraint> = all
            .map(AsRef::as_ref)
            .filter(|it| is_own(it, table))
            .collect();
        all.sort_by_key(|it| it.oid);
        all
    }

    /// CONSTRAINT with its name and what it demands.
    fn constraint_words(&self, constraint: &Constraint) -> Option<String> {
        let definition = print::constraint_definition(self.catalog, constraint)?;
        Some(format!(
            "CONSTRAINT {} {definition}",
            self.name(&constraint.name)
        ))
    }

    /// A constraint that has a statement of its own.
    pub(super) fn constraint(&mut self, oid: Oid) {
        let catalog = self.catalog;
        let Some(constraint) = catalog.constraints.get(oid) else {
            return;
        };
        let table = constraint.on.table().and_then(|it| catalog.relation(it));
        let Some(table) = table.filter(|table| is_own(constraint, table)) else {
            return;
        };
        let Some(words) = self.constraint_words(constraint) else {
            return;
        };
        let only = match (&constraint.kind, table.partition_key()) {
            (
                ConstraintKind::PrimaryKey(_)
                | ConstraintKind::Unique(_)
                | ConstraintKind::Exclude { .. },
                Some(_),
            ) => "ONLY ",
            _ => "",
        };
        let name = self.relation_name(table.oid);
        self.push(format!("ALTER TABLE {only}{name} ADD {words}"));
        if let Some(key) = constraint.kind.key() {
            self.attach_index(key.index);
            self.index_settings(key.index);
        }
    }
}

/// Whether a constraint is made on its table, and not by what its table inherits from.
fn is_own(constraint: &Constraint, table: &Relation) -> bool {
    match &constraint.kind {
        ConstraintKind::NotNull { .. } | ConstraintKind::Trigger => false,
        // Made on each partition, before it is attached or as an index that is.
        ConstraintKind::Check { .. } => constraint.local || table.bound.is_some(),
        ConstraintKind::PrimaryKey(_)
        | ConstraintKind::Unique(_)
        | ConstraintKind::Exclude { .. } => true,
        ConstraintKind::ForeignKey(_) => constraint.parent.is_none(),
    }
}

/// OPTIONS (…), with a space before it.
pub(super) fn option_list(
    script: &Script<'_>,
    options: &[(std::sync::Arc<str>, std::sync::Arc<str>)],
) -> String {
    if options.is_empty() {
        return String::new();
    }
    let options: Vec<String> = options
        .iter()
        .map(|(name, value)| format!("{} {}", script.name(name), super::literal(value)))
        .collect();
    format!(" OPTIONS ({})", options.join(", "))
}
