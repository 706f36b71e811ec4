//! Whether a program that does not know a migration can go on with the database after it: what it inserts, updates, deletes
//! and selects by the names of columns does what it did.
//!
//! That is so for what is listed here, and for nothing else:
//!
//! | what a migration does | why an older program does not notice |
//! |---|---|
//! | creates a table, a view | it does not know its name; of a module that not every program has, it could not even read the schema |
//! | creates an index that is not unique | no row is refused by it, unless an expression in it fails or its collation is missing, so that it may have none that can |
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

use super::Replay;
use crate::ast::{
    AlterAction, AlterTable, BinaryOperator, ColumnConstraintKind, ColumnDefinition, CreateIndex,
    Drop, DropKind, Expr, ExprKind, Literal, QualifiedName, Statement, StatementKind,
    UnaryOperator,
};
use crate::catalog::{Catalog, Database, Found, Key, Relation, TableKind};
use crate::check::Compatibility;
use crate::config::Rules;
use crate::diagnostic::{Code, Diagnostic};
use crate::lints;
use crate::text::{Ident, Span, Token};
use tablature_lexer::{Keyword, TokenKind, dequote};

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

/// The collations that every program has.
const COLLATIONS: &[&str] = &["binary", "nocase", "rtrim"];

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

/// A view of before in which a column is gone or is another one, as `*` means other columns now.
fn changed_view(before: &Database, now: &Database) -> Option<(String, Span)> {
    let views = before.relations.iter().filter_map(|(key, relation)| {
        let (old, new) = (relation.view()?, now.relations.get(key)?.view()?);
        let old_columns = old.columns.as_deref().unwrap_or_default();
        let new_columns = new.columns.as_deref().unwrap_or_default();
        let is_kept = old_columns.iter().all(|old| new_columns.contains(old));
        (!is_kept).then(|| {
            let reason = format!("the columns of the view `{}` are others after it", old.name);
            (reason, new.span)
        })
    });
    { views }.next()
}

/// A view or trigger that is broken after a migration.
fn broken_body(diagnostics: &[Diagnostic]) -> Option<(String, Span)> {
    let mut diagnostics = diagnostics.iter();
    let broken =
        diagnostics.find(|found| matches!(found.code, Code::BrokenView | Code::BrokenTrigger))?;
    Some((broken.message.clone(), broken.primary.span))
}

/// A view or trigger of before in which a name can mean a new column, and meant something else.
fn captured_name(
    before: &Database,
    now: &Database,
    grown: &[(Key, Key)],
) -> Option<(String, Span)> {
    let mut sources: Vec<&Key> = grown.iter().map(|(table, _)| table).collect();
    // What reads a view with `*` may meet the column there.
    sources.extend(before.relations.iter().filter_map(|(key, relation)| {
        let (old, new) = (relation.view()?, now.relations.get(key)?.view()?);
        (old.columns != new.columns).then_some(key)
    }));
    let columns: Vec<&Key> = grown.iter().map(|(_, column)| column).collect();
    let views = before.relations.values().filter_map(Relation::view);
    let views = views.map(|view| ("view", &view.name, view.span, &view.definition));
    let triggers = before.triggers.values();
    let triggers = triggers.map(|it| ("trigger", &it.name, it.span, &it.definition));
    let mut bodies = views.chain(triggers);
    let (kind, name, span, _) =
        bodies.find(|(.., definition)| can_capture(&definition.tokens, &sources, &columns))?;
    let reason = format!("a name in the {kind} `{name}` may mean a new column");
    Some((reason, span))
}

/// Whether a body reads one of some tables and views, and holds the name of a column alone, or NATURAL.
fn can_capture(tokens: &[Token], sources: &[&Key], columns: &[&Key]) -> bool {
    let name = |token: &Token| Key::new(&dequote(&token.text));
    let reads = tokens.iter().any(|token| sources.contains(&&name(token)));
    let before = std::iter::once(None).chain(tokens.iter().map(Some));
    reads
        && before.zip(tokens).any(|(before, token)| {
            let is_qualified = before.is_some_and(|before| &*before.text == ".");
            let is_natural = token.kind == TokenKind::Keyword(Keyword::Natural);
            is_natural || !is_qualified && columns.contains(&&name(token))
        })
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

/// Why a new column of a table of before would be noticed.
fn column(definition: &ColumnDefinition, is_strict: bool) -> Result<(), String> {
    let mut default = None;
    let mut refers = false;
    for constraint in &definition.constraints {
        match &constraint.kind {
            ColumnConstraintKind::Default { value, .. } => default = Some(value),
            ColumnConstraintKind::References(_) => refers = true,
            ColumnConstraintKind::Check(_) => return Err("has a CHECK".to_owned()),
            ColumnConstraintKind::PrimaryKey { .. } | ColumnConstraintKind::Unique { .. } => {
                return Err("is a key".to_owned());
            }
            ColumnConstraintKind::Generated { .. } => return Err("is computed".to_owned()),
            ColumnConstraintKind::Collate(collation) if !is_built_in(collation) => {
                let name = &collation.name;
                return Err(format!(
                    "has the collation `{name}`, which not every program has"
                ));
            }
            ColumnConstraintKind::NotNull {
                conflict: Some(_), ..
            } => return Err("resolves conflicts".to_owned()),
            // The engine adds no NOT NULL column without a default that is a value.
            ColumnConstraintKind::NotNull { conflict: None }
            | ColumnConstraintKind::Null { .. }
            | ColumnConstraintKind::Deferrable(_)
            | ColumnConstraintKind::Collate(_)
            | ColumnConstraintKind::NameOnly => {}
        }
    }
    let Some(default) = default else {
        return Ok(());
    };
    let Some(value) = value(default) else {
        return Err("has a default that is computed".to_owned());
    };
    let is_null = value == Value::Null;
    if refers && !is_null {
        return Err("refers to a row by its default".to_owned());
    }
    let declared = definition.type_name.as_ref().map(|name| name.text.as_str());
    if is_strict && !is_null && !fits(value, declared.unwrap_or_default()) {
        return Err("has a default that its STRICT table does not take".to_owned());
    }
    Ok(())
}

/// What kind of value a literal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

/// The value of a default; none if it is more than a literal with a sign.
fn value(default: &Expr) -> Option<Value> {
    match &default.kind {
        ExprKind::Literal(literal) => Some(match literal {
            Literal::Null => Value::Null,
            // One that is too large becomes a real.
            Literal::Integer(digits) if digits.parse::<i64>().is_err() => Value::Real,
            Literal::Integer(_) => Value::Integer,
            Literal::Float(_) => Value::Real,
            Literal::String(_)
            | Literal::CurrentDate
            | Literal::CurrentTime
            | Literal::CurrentTimestamp => Value::Text,
            Literal::Blob(_) => Value::Blob,
        }),
        // TRUE and FALSE are numbers, any other word a text.
        ExprKind::Name(name) => {
            let is_boolean = ["true", "false"]
                .iter()
                .any(|word| name.name.eq_ignore_ascii_case(word));
            Some(if is_boolean {
                Value::Integer
            } else {
                Value::Text
            })
        }
        ExprKind::Parenthesized(inner) => value(inner),
        ExprKind::Unary {
            operator: UnaryOperator::Plus | UnaryOperator::Minus,
            operand,
        } => match value(operand)? {
            number @ (Value::Integer | Value::Real) => Some(number),
            Value::Null | Value::Text | Value::Blob => None,
        },
        _ => None,
    }
}

/// Whether a column of a STRICT table takes a value as it is.
fn fits(value: Value, declared: &str) -> bool {
    let is = |names: &[&str]| names.iter().any(|name| declared.eq_ignore_ascii_case(name));
    is(&["any"])
        || match value {
            Value::Null => true,
            Value::Integer => is(&["int", "integer", "real"]),
            Value::Real => is(&["real"]),
            Value::Text => is(&["text"]),
            Value::Blob => is(&["blob"]),
        }
}

fn is_built_in(collation: &Ident) -> bool {
    let mut known = COLLATIONS.iter();
    known.any(|known| known.eq_ignore_ascii_case(&collation.name))
}

/// Whether computing an expression succeeds whatever a row holds, in every program.
fn never_fails(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Qualified { .. } => true,
        ExprKind::Parenthesized(inner)
        | ExprKind::IsNull(inner)
        | ExprKind::NotNull(inner)
        | ExprKind::Unary { operand: inner, .. }
        | ExprKind::Cast { value: inner, .. } => never_fails(inner),
        // `->` fails on what is no JSON.
        ExprKind::Binary {
            operator: BinaryOperator::Arrow | BinaryOperator::LongArrow | BinaryOperator::Concat,
            ..
        } => false,
        ExprKind::Binary { left, right, .. } => never_fails(left) && never_fails(right),
        ExprKind::Between {
            value, low, high, ..
        } => never_fails(value) && never_fails(low) && never_fails(high),
        ExprKind::InList { value, list, .. } => never_fails(value) && list.iter().all(never_fails),
        ExprKind::Collate { value, collation } => is_built_in(collation) && never_fails(value),
        ExprKind::Case {
            operand,
            whens,
            otherwise,
        } => {
            let mut inner = operand.iter().chain(otherwise).map(|inner| &**inner);
            let mut whens = whens.iter();
            inner.all(never_fails)
                && whens.all(|when| never_fails(&when.condition) && never_fails(&when.result))
        }
        ExprKind::Variable(_)
        | ExprKind::Like { .. }
        | ExprKind::InQuery { .. }
        | ExprKind::InTable { .. }
        | ExprKind::Exists(_)
        | ExprKind::Subquery(_)
        | ExprKind::Function(_)
        | ExprKind::Row(_)
        | ExprKind::Raise { .. } => false,
    }
}
