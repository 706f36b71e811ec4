//! CREATE VIRTUAL TABLE.
//!
//! A module answers as the engine's own do: with the declaration of the table's columns and with the statements that make
//! its shadow tables, which are then read like any other.

mod effect;
mod fts3;
mod fts5;
mod fts5_tokenizer;
mod fts5vocab;
mod rebuild;
mod rtree;
mod simple;
mod words;

use super::table::{self, Built, Parts};
use super::{Replay, tokens, types};
use crate::catalog::Key;
use crate::config::Rules;
use crate::errors::sqlite::virtual_tables as errors;
use crate::sqlite::ast::{CreateVirtualTable, ModuleArgument};
use crate::sqlite::catalog::{Catalog, Definition, Relation, Table, TableKind};
use crate::sqlite::parse;
use crate::sqlite::split::RawStatement;
use crate::text::Span;

/// What a module is asked to make.
#[derive(Debug, Clone, Copy)]
struct Call<'a> {
    module: &'a str,
    /// The table's name.
    name: &'a str,
    /// The name of its database.
    database: &'a str,
    /// Those that are not empty.
    arguments: &'a [&'a ModuleArgument],
    catalog: &'a Catalog,
    rules: &'a Rules,
    /// The statement.
    span: Span,
}

/// What a module makes.
#[derive(Debug, Default)]
struct Made {
    /// `CREATE TABLE x(…)`, where the type HIDDEN marks hidden columns.
    declaration: String,
    /// The columns that a full-text table only keeps.
    unindexed: Vec<String>,
    /// The suffixes and columns of its shadow tables, in the order in which the module makes them.
    shadows: Vec<Shadow>,
}

/// A table that keeps a virtual table's content.
#[derive(Debug)]
struct Shadow {
    suffix: &'static str,
    /// Everything from `(` on.
    rest: String,
}

/// Why a module makes no table.
#[derive(Debug)]
struct Refusal {
    message: String,
    /// The argument that it refuses; none if it is about the whole.
    span: Option<Span>,
}

impl Refusal {
    fn new(message: impl Into<String>) -> Refusal {
        Refusal {
            message: message.into(),
            span: None,
        }
    }

    fn at(argument: &ModuleArgument, message: impl Into<String>) -> Refusal {
        Refusal {
            message: message.into(),
            span: Some(argument.span),
        }
    }
}

type Answer = Result<Made, Refusal>;

/// The engine's modules.
fn construct(call: Call<'_>) -> Option<Answer> {
    match call.module.to_ascii_lowercase().as_str() {
        "fts3" => Some(fts3::construct(call, false)),
        "fts4" => Some(fts3::construct(call, true)),
        "fts5" => Some(fts5::construct(call)),
        "fts5vocab" => Some(fts5vocab::construct(call)),
        "rtree" => Some(rtree::construct(call, "REAL")),
        "rtree_i32" => Some(rtree::construct(call, "INT")),
        "fts4aux" => Some(simple::fts4aux(call)),
        "fts3tokenize" => Some(simple::fts3tokenize(call)),
        "dbstat" => Some(simple::dbstat(call)),
        _ => None,
    }
}

/// Every module of the engine, for those who misspell one.
const MODULES: [&str; 9] = [
    "fts5",
    "fts4",
    "fts3",
    "rtree",
    "rtree_i32",
    "fts5vocab",
    "fts4aux",
    "fts3tokenize",
    "dbstat",
];

/// Whether a module keeps its content in a table of this suffix (`xShadowName`).
pub(super) fn is_shadow(module: &Key, suffix: &str) -> bool {
    let suffixes: &[&str] = match module.as_str() {
        "fts3" | "fts4" => &["content", "docsize", "segdir", "segments", "stat"],
        "fts5" => &["config", "content", "data", "docsize", "idx"],
        "rtree" | "rtree_i32" => &["node", "parent", "rowid"],
        _ => &[],
    };
    suffixes.iter().any(|own| own.eq_ignore_ascii_case(suffix))
}

impl Replay {
    pub(super) fn create_virtual_table(&mut self, raw: &RawStatement, create: &CreateVirtualTable) {
        let database = match self.target("virtual table", &create.name, false) {
            Ok(database) => database,
            Err(diagnostic) => return self.report(*diagnostic),
        };
        let name = &create.name.name;
        if !self.is_free(database, name, create.if_not_exists) {
            return;
        }
        // The module is called when the statement runs.
        if self.explained {
            return;
        }
        let definition = tokens::definition("CREATE VIRTUAL TABLE", &raw.tokens, name, None);
        match self.constructed(database, create, raw) {
            Some((mut table, shadows)) => {
                table.definition = definition;
                for shadow in &shadows {
                    self.refuse_taken_shadow(database, shadow, create);
                }
                self.add_table(database, table);
                self.adopt_shadows(database, create);
                for shadow in shadows {
                    self.add_table(database, shadow);
                }
            }
            None => self.add_incomplete_table(database, name),
        }
    }

    /// The table and its shadow tables; what the module refuses is complained of.
    fn constructed(
        &mut self,
        database: usize,
        create: &CreateVirtualTable,
        raw: &RawStatement,
    ) -> Option<(Table, Vec<Table>)> {
        match self.answer(database, create, raw.span) {
            Some(Ok(made)) => match self.tables_of(create, &made, raw.span) {
                Ok(tables) => Some(tables),
                Err(message) => {
                    let module = &create.module;
                    self.report(errors::refused(module, &message, create.name.span()));
                    None
                }
            },
            Some(Err(refusal)) => {
                let span = refusal.span.unwrap_or_else(|| create.name.span());
                self.report(errors::refused(&create.module, &refusal.message, span));
                None
            }
            None if self.rules.is_registered(&create.module.name) => self.declared(create, raw),
            None => {
                self.report(errors::unknown_module(&create.module, &MODULES));
                None
            }
        }
    }

    fn answer(&self, database: usize, create: &CreateVirtualTable, span: Span) -> Option<Answer> {
        let arguments: Vec<&ModuleArgument> = create
            .arguments
            .iter()
            .filter(|argument| !argument.text.is_empty())
            .collect();
        let content = self.catalog.databases.get(database)?;
        construct(Call {
            module: &create.module.name,
            name: &create.name.name.name,
            database: &content.name,
            arguments: &arguments,
            catalog: &self.catalog,
            rules: &self.rules,
            span,
        })
    }

    fn tables_of(
        &self,
        create: &CreateVirtualTable,
        made: &Made,
        span: Span,
    ) -> Result<(Table, Vec<Table>), String> {
        let table = self.virtual_table(create, made, span)?;
        let name = &create.name.name.name;
        let of = Key::new(name);
        let shadows = made.shadows.iter().filter_map(|shadow| {
            // The modules differ in how they quote.
            let name = match create.module.name.to_ascii_lowercase().as_str() {
                "rtree" | "rtree_i32" => {
                    format!("\"{}_{}\"", name.replace('"', "\"\""), shadow.suffix)
                }
                _ => format!("'{}_{}'", name.replace('\'', "''"), shadow.suffix),
            };
            let sql = format!("CREATE TABLE {name}{}", shadow.rest);
            let mut table = self.written_table(&sql, span)?;
            table.kind = TableKind::Shadow { of: of.clone() };
            Some(table)
        });
        Ok((table, shadows.collect()))
    }

    /// Reads the columns of a virtual table from its module's declaration.
    fn virtual_table(
        &self,
        create: &CreateVirtualTable,
        made: &Made,
        span: Span,
    ) -> Result<Table, String> {
        let written = tokens::written(&made.declaration, span);
        let statement = parse::statement(&written, &self.rules).statement;
        let parts = statement.as_ref().and_then(|it| Parts::of(it, &written));
        let parts = parts.ok_or("its arguments make no table")?;
        let Built {
            mut table,
            diagnostics,
        } = table::build(parts, tokens::no_definition());
        if let Some(first) = diagnostics.into_iter().next() {
            return Err(first.message);
        }
        for column in &mut table.columns {
            if let Some(declared_type) = without_hidden(&column.declared_type) {
                column.hidden = true;
                column.declared_type = declared_type.into();
            }
            let mut unindexed = made.unindexed.iter();
            column.unindexed = unindexed.any(|name| name.eq_ignore_ascii_case(&column.name));
        }
        let name = &create.name.name;
        table.name = name.name.clone();
        table.provenance.created = name.span;
        table.kind = TableKind::Virtual {
            module: Key::new(&create.module.name),
        };
        Ok(table)
    }

    fn refuse_taken_shadow(
        &mut self,
        database: usize,
        shadow: &Table,
        create: &CreateVirtualTable,
    ) {
        if let Some(taken) = self.relation_at(database, &Key::new(&shadow.name)) {
            let created = taken.provenance().created;
            let diagnostic = errors::taken_shadow(&create.name.name, &shadow.name, created);
            self.report(diagnostic);
        }
    }

    /// Tables that were there before become shadow tables by their names (`sqlite3MarkAllShadowTablesOf`).
    fn adopt_shadows(&mut self, database: usize, create: &CreateVirtualTable) {
        let module = Key::new(&create.module.name);
        let owner = &create.name.name.name;
        let Some(content) = self.catalog.databases.get(database) else {
            return;
        };
        let of = Key::new(owner);
        let adopted: Vec<Table> = content
            .relations
            .values()
            .filter_map(Relation::table)
            .filter(|table| {
                let start = table.name.get(..owner.len());
                let rest = table.name.get(owner.len()..);
                let suffix = rest.and_then(|rest| rest.strip_prefix('_'));
                table.kind == TableKind::Ordinary
                    && start.is_some_and(|start| start.eq_ignore_ascii_case(owner))
                    && suffix.is_some_and(|suffix| is_shadow(&module, suffix))
            })
            .cloned()
            .collect();
        for mut table in adopted {
            table.kind = TableKind::Shadow { of: of.clone() };
            self.put_table(database, table);
        }
    }

    /// Reads a virtual table again whose definition has another name for it.
    pub(super) fn renamed_virtual_table(
        &self,
        database: usize,
        old: &Table,
        definition: Definition,
    ) -> Option<Table> {
        let statement = self.parsed(&definition)?;
        let crate::sqlite::ast::StatementKind::CreateVirtualTable(create) = &statement.kind else {
            return None;
        };
        let span = old.provenance.created;
        let made = match self.answer(database, create, span) {
            Some(Ok(made)) => self.virtual_table(create, &made, span).ok(),
            Some(Err(_)) | None => None,
        };
        let mut table = made.unwrap_or_else(|| old.clone());
        table.name = create.name.name.name.clone();
        table.definition = definition;
        table.provenance = old.provenance.clone();
        table.place = old.place;
        Some(table)
    }
}

/// A type without the word HIDDEN, if it has it (`vtabCallConstructor`).
fn without_hidden(declared_type: &str) -> Option<String> {
    let mut words: Vec<&str> = declared_type.split(' ').collect();
    let hidden = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case("hidden"))?;
    words.remove(hidden);
    Some(types::reported(&words.join(" ")))
}

/// A string literal.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
