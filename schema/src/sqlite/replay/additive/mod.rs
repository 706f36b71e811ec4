//! Whether a program that does not know a migration can go on with the database after it: what it inserts, updates, deletes
//! and selects by the names of columns does what it did.
//!
//! That is so for what is listed here, and for nothing else:
//!
//! | what a migration does | why an older program does not notice |
//! |---|---|
//! | creates a table, a view | it does not know its name; of a module that not every program has, it could not even read the schema |
//! | creates an index that is not unique | no row is refused by it, unless an expression in it, or that of a virtual column, fails or its collation is missing, so that it may have none that can |
//! | adds a column | a row without it gets NULL or the default, which must be a value that fits; a CHECK, a computed value or a key could refuse the row |
//! | writes rows of tables that it has created | the older program has none there |
//! | whatever it likes with these tables, and with temporary ones | the same |
//! | SELECT, ANALYZE, REINDEX, transactions, settings of the connection | nothing of it remains, but for statistics |
//!
//! A row that refers to one of an older table may keep that one from being deleted, which is what a foreign key is for.
//!
//! A new column can be met by names that meant something else before. So after one, views must still have their columns, no
//! view or trigger may be broken, and none that reads the table may hold the column's name alone, or NATURAL. What the
//! older program's own queries hold is not known.

mod bodies;
mod column;
mod expression;

use super::Replay;
use crate::catalog::Key;
use crate::check::Compatibility;
use crate::config::Rules;
use crate::sqlite::ast::{
    AlterAction, AlterTable, CreateIndex, Drop, DropKind, Expr, QualifiedName, Statement,
    StatementKind,
};
use crate::sqlite::catalog::{Catalog, Found, Relation, TableKind};
use crate::sqlite::lints;
use bodies::{broken_body, captured_name, changed_view};
use column::column;
use expression::never_fails;

/// What is known of the current migration so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Additions {
    pub(crate) compatibility: Compatibility,
    /// The tables that may have got a foreign key.
    linked: Vec<Key>,
    /// The columns that tables of before have got: the table and the column.
    grown: Vec<(Key, Key)>,
}

/// The modules that every program has that has the engine.
const MODULES: &[&str] = &["fts3", "fts4", "fts5", "rtree", "rtree_i32"];

/// Functions that stand for tables, besides those of pragmas.
const FUNCTIONS: &[&str] = &[
    "bytecode",
    "dbstat",
    "fts3tokenize",
    "generate_series",
    "json_each",
    "json_tree",
    "jsonb_each",
    "jsonb_tree",
    "tables_used",
];

/// Pragmas that look at something, or set something that ends with the connection.
const PRAGMAS: &[&str] = &[
    "analysis_limit",
    "automatic_index",
    "busy_timeout",
    "cache_size",
    "case_sensitive_like",
    "cell_size_check",
    "defer_foreign_keys",
    "foreign_key_check",
    "foreign_key_list",
    "foreign_keys",
    "ignore_check_constraints",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "legacy_alter_table",
    "mmap_size",
    "optimize",
    "query_only",
    "quick_check",
    "recursive_triggers",
    "reverse_unordered_selects",
    "synchronous",
    "table_info",
    "table_list",
    "table_xinfo",
    "temp_store",
    "threads",
];

impl Replay {
    /// Judges a statement that is going to be applied.
    pub(super) fn judge_addition(&mut self, statement: &Statement) {
        if self.explained || self.additions.compatibility != Compatibility::Additive {
            return;
        }
        let judge = Judge {
            start: &self.start,
            now: &self.catalog,
            rules: &self.rules,
        };
        match judge.statement(&statement.kind) {
            Err(reason) => {
                self.additions.compatibility = Compatibility::Breaking {
                    reason,
                    span: statement.span,
                };
            }
            Ok(Effect::None) => {}
            Ok(Effect::Linked(key)) => self.additions.linked.push(key),
            Ok(Effect::Grown { table, column }) => {
                self.additions.linked.push(table.clone());
                self.additions.grown.push((table, column));
            }
        }
    }

    /// Judges what the statements of a file have left behind; the first diagnostic of the file is at the position `first`.
    pub(super) fn judge_additions(&mut self, first: usize) {
        if self.additions.compatibility != Compatibility::Additive {
            return;
        }
        let linked = std::mem::take(&mut self.additions.linked);
        let mut broken = linked.iter().filter_map(|key| {
            let table = self.catalog.main().relations.get(key)?.table()?;
            let mut keys = table.foreign_keys.iter();
            let key = keys.find(|key| {
                lints::unusable_foreign_key(&self.catalog, Catalog::MAIN, table, key).is_some()
            })?;
            let reason = format!(
                "the foreign key of `{}` to `{}` stops what changes either",
                table.name, key.table
            );
            Some((reason, table.provenance.created))
        });
        let mut found = broken.next();
        if found.is_none() && !self.additions.grown.is_empty() {
            let diagnostics = self.diagnostics.get(first..).unwrap_or_default();
            let (before, now) = (self.start.main(), self.catalog.main());
            found = changed_view(before, now)
                .or_else(|| broken_body(diagnostics))
                .or_else(|| captured_name(before, now, &self.additions.grown));
        }
        if let Some((reason, span)) = found {
            self.additions.compatibility = Compatibility::Breaking { reason, span };
        }
    }
}

/// What a statement adds that is to be looked at again in the end.
enum Effect {
    None,
    /// A table that may have foreign keys.
    Linked(Key),
    /// A column of a table of before.
    Grown {
        table: Key,
        column: Key,
    },
}

struct Judge<'a> {
    /// What the migration found.
    start: &'a Catalog,
    /// What the statement finds.
    now: &'a Catalog,
    rules: &'a Rules,
}

impl Judge<'_> {
    /// What a statement adds, or why an older program would notice it.
    fn statement(&self, kind: &StatementKind) -> Result<Effect, String> {
        match kind {
            StatementKind::CreateTable(create) => {
                new_name(&create.name)?;
                return Ok(Effect::Linked(Key::new(&create.name.name.name)));
            }
            StatementKind::AlterTable(alter) => return self.alter(alter),
            StatementKind::CreateIndex(create) => self.index(create)?,
            StatementKind::CreateVirtualTable(create) => {
                new_name(&create.name)?;
                let module = &create.module.name;
                let is_known = MODULES
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(module));
                if !is_known || self.rules.is_registered(module) {
                    return Err(format!("not every program has the module `{module}`"));
                }
            }
            StatementKind::CreateTrigger(create) => {
                let name = &create.name.name.name;
                return Err(format!(
                    "the trigger `{name}` does more than older programs ask for"
                ));
            }
            StatementKind::CreateView(create) => new_name(&create.name)?,
            StatementKind::Drop(drop) => self.drop(drop)?,
            StatementKind::Insert(insert) => self.write(&insert.target.name)?,
            StatementKind::Update(update) => self.write(&update.target.name)?,
            StatementKind::Delete(delete) => self.write(&delete.target.name)?,
            StatementKind::Select(_) if !self.rules.registered.is_empty() => {
                return Err("functions of the application may do anything".to_owned());
            }
            StatementKind::Pragma { name, .. } => {
                let name = &name.name.name;
                if !PRAGMAS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                    return Err(format!("`PRAGMA {name}` may stay in the file"));
                }
            }
            StatementKind::Attach { .. } | StatementKind::Detach { .. } => {
                return Err("other databases are attached or detached".to_owned());
            }
            StatementKind::Vacuum { .. } => {
                return Err("VACUUM may give rows another rowid".to_owned());
            }
            StatementKind::Begin(_)
            | StatementKind::Commit
            | StatementKind::Rollback { .. }
            | StatementKind::Savepoint(_)
            | StatementKind::Release(_)
            | StatementKind::Select(_)
            | StatementKind::Reindex { .. }
            | StatementKind::Analyze { .. } => {}
        }
        Ok(Effect::None)
    }

    fn alter(&self, alter: &AlterTable) -> Result<Effect, String> {
        let Some(found) = self.now.relation(&alter.table) else {
            return Ok(Effect::None);
        };
        let key = found.path.key.clone();
        if self.is_new(&found) {
            return Ok(Effect::Linked(key));
        }
        let table = &alter.table.name.name;
        let action = match &alter.action {
            AlterAction::AddColumn { definition, .. } => {
                let is_strict = found.object.table().is_some_and(|table| table.strict);
                let name = &definition.name.name;
                column(definition, is_strict)
                    .map_err(|reason| format!("the new column `{table}.{name}` {reason}"))?;
                let column = Key::new(name);
                return Ok(Effect::Grown { table: key, column });
            }
            AlterAction::RenameTable { .. } => "is renamed".to_owned(),
            AlterAction::RenameColumn { from, .. } => {
                return Err(format!("the column `{table}.{}` is renamed", from.name));
            }
            AlterAction::DropColumn { column } => {
                return Err(format!("the column `{table}.{}` is dropped", column.name));
            }
            AlterAction::SetNotNull { column, .. } => {
                return Err(format!("`{table}.{}` takes no NULL any more", column.name));
            }
            AlterAction::DropNotNull { column, .. } => {
                return Err(format!("`{table}.{}` may hold NULL", column.name));
            }
            AlterAction::AddCheck { .. } => "gets a CHECK".to_owned(),
            AlterAction::DropConstraint { .. } => "may hold other rows".to_owned(),
        };
        Err(format!("the table `{table}` {action}"))
    }

    fn index(&self, create: &CreateIndex) -> Result<(), String> {
        let table = QualifiedName {
            database: create.name.database.clone(),
            name: create.table.clone(),
        };
        let Some(found) = self.now.relation(&table) else {
            return Ok(());
        };
        if self.is_new(&found) {
            return Ok(());
        }
        let name = &create.name.name.name;
        if create.unique {
            return Err(format!("the unique index `{name}` refuses rows"));
        }
        let mut parts = create.terms.iter().map(|term| &term.value);
        let table = found.object.table();
        let never_fails = |part: &Expr| never_fails(part, table);
        if parts.all(never_fails) && create.filter.iter().all(never_fails) {
            return Ok(());
        }
        Err(format!("the index `{name}` computes what may fail"))
    }

    fn drop(&self, drop: &Drop) -> Result<(), String> {
        let name = &drop.name;
        let (what, is_older) = match drop.kind {
            DropKind::Table => {
                let found = self.now.relation(name);
                ("table", found.is_some_and(|found| !self.is_new(&found)))
            }
            DropKind::View => ("view", self.start.relation(name).is_some()),
            DropKind::Index => ("index", self.start.index(name).is_some()),
            DropKind::Trigger => ("trigger", self.start.trigger(name).is_some()),
        };
        if is_older {
            return Err(format!("the {what} `{}` is dropped", name.name.name));
        }
        Ok(())
    }

    fn write(&self, target: &QualifiedName) -> Result<(), String> {
        match self.now.relation(target) {
            Some(found) if !self.is_new(&found) => {
                let name = &target.name.name;
                Err(format!(
                    "rows of `{name}` are written, which was there before"
                ))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether a table is temporary, or the migration has created it.
    fn is_new(&self, found: &Found<&Relation>) -> bool {
        if found.path.database == Catalog::TEMP {
            return true;
        }
        match found.object {
            Relation::Table(table) => match table.kind {
                TableKind::Ordinary | TableKind::Virtual { .. } => {
                    !lints::existed(self.start, table)
                }
                TableKind::Shadow { .. } | TableKind::Internal => false,
            },
            Relation::View(_) => false,
        }
    }
}

/// Refuses the name of a table that the engine has without any statement, and that a query would not find any more.
fn new_name(name: &QualifiedName) -> Result<(), String> {
    let name = name.name.name.to_ascii_lowercase();
    if name.starts_with("pragma_") || FUNCTIONS.contains(&name.as_str()) {
        return Err(format!(
            "`{name}` takes the place of a function of that name"
        ));
    }
    Ok(())
}
