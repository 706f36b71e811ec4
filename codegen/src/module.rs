//! What the modules of virtual tables guarantee of their rows.

use tablature_schema::sqlite::catalog::{Table, TableKind};

/// A module whose rows are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    /// FTS3, FTS4, FTS5: texts, which are NULL where the content is not kept.
    FullText,
    /// An R*Tree, whose coordinates have 32 bits.
    RTree(Coordinates),
}

/// The coordinates of an R*Tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coordinates {
    /// `rtree`
    Reals,
    /// `rtree_i32`
    Integers,
}

/// What a column of such a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ModuleColumn {
    /// A text, or NULL.
    Text,
    /// The id of an R*Tree, never NULL.
    Id,
    /// A coordinate, never NULL.
    Coordinate(Coordinates),
    /// A column that the module only keeps, whatever it holds.
    Auxiliary,
}

impl Module {
    /// The module of a table; none if nothing is known of it, or if the table is none of a module.
    pub(crate) fn of(table: &Table) -> Option<Module> {
        match &table.kind {
            TableKind::Virtual { module } => match module.as_str() {
                "fts3" | "fts4" | "fts5" => Some(Module::FullText),
                "rtree" => Some(Module::RTree(Coordinates::Reals)),
                "rtree_i32" => Some(Module::RTree(Coordinates::Integers)),
                _ => None,
            },
            TableKind::Ordinary | TableKind::Shadow { .. } | TableKind::Internal => None,
        }
    }
}

impl ModuleColumn {
    /// What the column at a position is; none if the table's module is none that is known.
    pub(crate) fn of(table: &Table, position: usize) -> Option<ModuleColumn> {
        let column = table.columns.get(position)?;
        Some(match Module::of(table)? {
            // The module keeps any value as it is, and an application keeps other things than texts here only.
            Module::FullText if column.unindexed => ModuleColumn::Auxiliary,
            Module::FullText => ModuleColumn::Text,
            Module::RTree(_) if position == 0 => ModuleColumn::Id,
            // The module declares a type for coordinates alone.
            Module::RTree(_) if column.declared_type.is_empty() => ModuleColumn::Auxiliary,
            Module::RTree(coordinates) => ModuleColumn::Coordinate(coordinates),
        })
    }

    /// Whether it can be NULL.
    pub(crate) fn is_optional(self) -> bool {
        match self {
            ModuleColumn::Text | ModuleColumn::Auxiliary => true,
            ModuleColumn::Id | ModuleColumn::Coordinate(_) => false,
        }
    }
}
