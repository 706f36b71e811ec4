//! Tables by name (`addRangeTableEntry`).

use super::resolver::Resolver;
use super::scope::{Item, ItemColumn};
use super::suggest;
use crate::errors::postgres::{queries as errors, relations};
use crate::postgres::ast::{self, Ident, QualifiedName};
use crate::postgres::catalog::{ObjectName, Relation, RelationKind};
use crate::postgres::tree::{Alias, Column, RangeEntry, RangeKind, UNKNOWN};
use crate::postgres::types::ValueType;
use crate::text::Span;
use std::sync::Arc;

/// The name by which the catalog knows an object.
pub(super) fn object_name(name: &QualifiedName) -> ObjectName<'_> {
    name.into()
}

impl<'a> Resolver<'a> {
    /// Whether a name is of no other database: of which one they are read for, migrations do not know. Reports if not.
    pub(super) fn is_of_this_database(&mut self, database: Option<&Ident>) -> bool {
        if let Some(database) = database {
            self.report(relations::other_database(database));
        }
        database.is_none()
    }

    /// A relation that can be read or written, by its name; nothing if a mistake was reported.
    pub(super) fn relation_named(&mut self, name: &QualifiedName) -> Option<&'a Relation> {
        if !self.is_of_this_database(name.catalog.as_ref()) {
            return None;
        }
        let catalog = self.catalog;
        let Some(relation) = catalog.find_relation(object_name(name)) else {
            let mistake = suggest::unknown_relation(self, name);
            if let Some(mistake) = mistake {
                self.report(mistake);
            }
            return None;
        };
        match relation.kind {
            RelationKind::Table
            | RelationKind::Partitioned(_)
            | RelationKind::Foreign(_)
            | RelationKind::View(_)
            | RelationKind::MaterializedView(_)
            | RelationKind::Sequence(_) => Some(relation),
            RelationKind::Index(_)
            | RelationKind::PartitionedIndex(_)
            | RelationKind::Composite => {
                self.report(errors::not_a_table(name, relation));
                None
            }
        }
    }

    /// Adds an entry to the range table of the innermost query, and returns its position.
    pub(super) fn add_entry(&mut self, entry: RangeEntry) -> usize {
        let table = &mut self.level_mut().range_table;
        table.push(entry);
        table.len() - 1
    }

    /// An item of FROM for a relation, which is added to the range table.
    pub(super) fn relation_item(
        &mut self,
        relation: &Relation,
        alias: Option<(&Ident, &'a [Ident])>,
        only: bool,
        span: Span,
        in_from: bool,
    ) -> Item {
        let name = match alias {
            Some((alias, _)) => Arc::clone(&alias.name),
            None => Arc::clone(&relation.name),
        };
        let aliases = alias.map(|(_, columns)| columns).unwrap_or_default();
        let count = relation.live_columns().count();
        if aliases.len() > count && !relation.incomplete {
            self.report(errors::too_many_aliases(&name, count, aliases));
        }
        let mut aliases_left = aliases.iter();
        let mut names = Vec::new();
        let mut columns = Vec::new();
        let entry = self.level().range_table.len();
        for column in &relation.columns {
            if column.dropped {
                names.push(Arc::from(""));
                continue;
            }
            let shown = match aliases_left.next() {
                Some(alias) => Arc::clone(&alias.name),
                None => Arc::clone(&column.name),
            };
            names.push(Arc::clone(&shown));
            columns.push(ItemColumn {
                name: shown,
                column: Column::new(entry, column.number, column.typed),
                hidden: false,
            });
        }
        let reference = Alias {
            name: Arc::clone(&name),
            columns: names,
        };
        self.add_entry(RangeEntry {
            kind: RangeKind::Relation {
                relation: relation.oid,
                inherited: !only,
                sample: None,
            },
            alias: alias.map(|(alias, columns)| Alias {
                name: Arc::clone(&alias.name),
                columns: columns.iter().map(|it| Arc::clone(&it.name)).collect(),
            }),
            reference,
            lateral: false,
            in_from,
        });
        Item {
            name,
            aliased: alias.is_some(),
            columns,
            entry,
            name_visible: true,
            columns_visible: true,
            lateral_only: false,
            lateral_allowed: true,
            unknown: relation.incomplete,
            system_columns: Resolver::has_system_columns(&relation.kind),
            scalar: false,
            span,
        }
    }

    /// An item of FROM that is no relation: its entry is added, with the columns under the names that `alias` gives them.
    #[expect(
        clippy::too_many_arguments,
        reason = "it puts together what makes an item"
    )]
    pub(super) fn derived_item(
        &mut self,
        kind: RangeKind,
        name: &Arc<str>,
        alias: Option<&'a ast::Alias>,
        columns: Vec<(Arc<str>, ValueType)>,
        unknown: bool,
        lateral: bool,
        span: Span,
    ) -> Item {
        let entry = self.level().range_table.len();
        let name = alias.map_or(name, |alias| &alias.name.name);
        let aliases = alias.map_or(&[][..], |alias| &alias.columns);
        if aliases.len() > columns.len() && !unknown {
            self.report(errors::too_many_aliases(name, columns.len(), aliases));
        }
        let columns: Vec<ItemColumn> = columns
            .into_iter()
            .enumerate()
            .map(|(position, (column, typed))| ItemColumn {
                name: match aliases.get(position) {
                    Some(alias) => Arc::clone(&alias.name),
                    None => column,
                },
                column: Column::new(entry, number_of(position), typed),
                hidden: false,
            })
            .collect();
        let reference = Alias {
            name: Arc::clone(name),
            columns: columns.iter().map(|it| Arc::clone(&it.name)).collect(),
        };
        let kind = match unknown {
            true => RangeKind::Unknown,
            false => kind,
        };
        self.add_entry(RangeEntry {
            kind,
            alias: alias.map(tree_alias),
            reference,
            lateral,
            in_from: true,
        });
        Item {
            name: Arc::clone(name),
            aliased: true,
            columns,
            entry,
            name_visible: true,
            columns_visible: true,
            lateral_only: false,
            lateral_allowed: true,
            unknown,
            system_columns: false,
            scalar: false,
            span,
        }
    }

    /// An item of which a mistake keeps from knowing anything but its name.
    pub(super) fn unknown_item(
        &mut self,
        name: &Arc<str>,
        alias: Option<&'a ast::Alias>,
        span: Span,
    ) -> Item {
        let listed = alias.map_or(&[][..], |alias| &alias.columns);
        let columns = listed
            .iter()
            .map(|column| (Arc::clone(&column.name), UNKNOWN))
            .collect();
        self.derived_item(RangeKind::Unknown, name, alias, columns, true, false, span)
    }
}

/// The alias as a query keeps it.
pub(super) fn tree_alias(alias: &ast::Alias) -> Alias {
    Alias {
        name: Arc::clone(&alias.name.name),
        columns: alias
            .columns
            .iter()
            .map(|it| Arc::clone(&it.name))
            .collect(),
    }
}

/// The number of a column by its position.
pub(super) fn number_of(position: usize) -> i16 {
    i16::try_from(position + 1).unwrap_or(i16::MAX)
}
