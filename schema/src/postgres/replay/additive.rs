//! Whether a program that does not know a migration can go on with the database after it: what it inserts, updates, deletes
//! and selects by the names of columns does what it did.
//!
//! That is so for what is listed here, and for nothing else:
//!
//! | what a migration does | why an older program does not notice |
//! |---|---|
//! | creates a schema, table, view, sequence, type, domain, routine or extension | it does not know the names; none of them is a name that could mean something else before, in whatever schema |
//! | creates an index that is not unique, over columns, with a simple condition | no row is refused by it, but one whose key is too long for an index |
//! | adds a column that may be NULL or has a default of the engine's own making | a row without it gets that; a constraint or a computed value could refuse the row |
//! | adds a label to an enum | no row of the older program has it |
//! | writes rows of tables that it has created, or does whatever it likes with these | the older program has none there |
//! | validates a constraint, grants, comments, sets something of the session | nothing of it is asked by a query |
//!
//! Views and bodies that the engine has parsed keep their columns whatever is added. A body that is a text is looked at
//! again when it runs, so that one which names a table that has got a column may mean another thing by a name.

use crate::check::Compatibility;
use crate::postgres::ast::{
    AlterTableActionKind as Action, AlterTypeAction, DataStatement, ObjectReference, QualifiedName,
    Statement, StatementKind,
};
use crate::postgres::catalog::{
    Address, Catalog, Class, Column, ConstraintKind, Index, IndexTerm, Relation, RoutineBody,
};
use crate::postgres::lints::has_checks;
use crate::postgres::split::RawStatement;
use crate::postgres::tree::Expr;
use crate::postgres::types::{Objects as _, Oid};

/// A statement that was applied, between the catalogs around it.
struct Judge<'a> {
    /// What the file has found.
    start: &'a Catalog,
    before: &'a Catalog,
    after: &'a Catalog,
    words: Vec<String>,
}

/// Why an older program may notice.
type Noticed = String;

/// Judges a statement that was applied, in a file that has found `start`.
pub(super) fn judge(
    start: &Catalog,
    before: &Catalog,
    after: &Catalog,
    statement: &Statement,
    raw: &RawStatement,
) -> Compatibility {
    let words = raw.tokens.iter().map(|it| it.text.to_lowercase());
    let judge = Judge {
        start,
        before,
        after,
        words: words.collect(),
    };
    match judge.statement(&statement.kind) {
        Ok(()) => Compatibility::Additive,
        Err(reason) => Compatibility::Breaking {
            reason,
            span: statement.span,
        },
    }
}

impl Judge<'_> {
    fn statement(&self, statement: &StatementKind) -> Result<(), Noticed> {
        match statement {
            StatementKind::Data(data) => self.rows(data),
            StatementKind::CreateTableAs(_) => {
                self.calls_none("CREATE TABLE AS")?;
                self.new_objects()
            }
            StatementKind::CreateTable(_)
            | StatementKind::CreateIndex(_)
            | StatementKind::CreateSequence(_)
            | StatementKind::CreateType(_)
            | StatementKind::CreateDomain(_)
            | StatementKind::CreateMaterializedView(_)
            | StatementKind::CreateExtension(_) => self.new_objects(),
            StatementKind::CreateView(create) => {
                self.is_new_or_missing(&create.name, "view")?;
                self.new_objects()
            }
            StatementKind::CreateRoutine(_) => {
                // What replaces a routine makes none.
                match self.after.made() == self.before.made() {
                    true => Err("a routine is another one".to_owned()),
                    false => self.new_objects(),
                }
            }
            StatementKind::CreateSchema(create) => match create.elements.is_empty() {
                true => Ok(()),
                false => Err("what is created with a schema is not looked at".to_owned()),
            },
            StatementKind::AlterTable(alter) => self.alter_table(alter),
            StatementKind::AlterType(alter) => match &alter.action {
                AlterTypeAction::AddValue { .. } => Ok(()),
                _ => self.type_is_new(&alter.name),
            },
            StatementKind::AlterDomain(alter) => self.type_is_new(&alter.name),
            StatementKind::AlterSequence(alter) => self.is_new_or_missing(&alter.name, "sequence"),
            StatementKind::CreateTrigger(create) => self.is_new_or_missing(&create.table, "table"),
            StatementKind::CreateRule(create) => self.is_new_or_missing(&create.table, "table"),
            StatementKind::CreatePolicy(create) => self.is_new_or_missing(&create.table, "table"),
            StatementKind::Truncate(truncate) => {
                for table in &truncate.tables {
                    self.is_new_or_missing(&table.name, "table")?;
                }
                match truncate.cascade {
                    true => Err("TRUNCATE CASCADE may reach tables of before".to_owned()),
                    false => Ok(()),
                }
            }
            StatementKind::Drop(drop) => drop.objects.iter().try_for_each(|it| match it {
                ObjectReference::Relation(_, name) => self.is_new_or_missing(name, "object"),
                _ => Err("something is dropped".to_owned()),
            }),
            StatementKind::Grant(grant) => match grant.grant {
                true => Ok(()),
                false => Err("privileges are revoked".to_owned()),
            },
            // Nothing that a query asks for.
            StatementKind::Transaction(_)
            | StatementKind::Comment(_)
            | StatementKind::SecurityLabel(_)
            | StatementKind::Set(_)
            | StatementKind::SetConstraints(_)
            | StatementKind::Show(_)
            | StatementKind::Lock(_)
            | StatementKind::Listen(_)
            | StatementKind::Unlisten(_)
            | StatementKind::Checkpoint
            | StatementKind::Vacuum(_)
            | StatementKind::Reindex(_)
            | StatementKind::CreateStatistics(_)
            | StatementKind::CreateRole(_)
            | StatementKind::AlterDefaultPrivileges(_) => Ok(()),
            StatementKind::Do(_) => Err("what a DO block does is not looked at".to_owned()),
            StatementKind::AlterObject(_)
            | StatementKind::AlterRoutine(_)
            | StatementKind::AlterPolicy(_)
            | StatementKind::AlterExtension(_)
            | StatementKind::AlterStatistics(_)
            | StatementKind::AlterEventTrigger(_)
            | StatementKind::AlterOperatorFamily(_)
            | StatementKind::AlterOperator(_)
            | StatementKind::AlterCollation(_)
            | StatementKind::AlterDictionary(_)
            | StatementKind::AlterConfiguration(_)
            | StatementKind::AlterPublication(_)
            | StatementKind::AlterSubscription(_)
            | StatementKind::AlterServer(_)
            | StatementKind::AlterSettings(_)
            | StatementKind::AlterRole(_)
            | StatementKind::AlterGroup(_)
            | StatementKind::MoveAll(_) => Err("something of before is altered".to_owned()),
            StatementKind::Define(_)
            | StatementKind::CreateCast(_)
            | StatementKind::CreateTransform(_)
            | StatementKind::CreateLanguage(_)
            | StatementKind::CreateAccessMethod(_)
            | StatementKind::CreateConversion(_)
            | StatementKind::CreateOperatorClass(_)
            | StatementKind::CreateOperatorFamily(_)
            | StatementKind::CreateEventTrigger(_)
            | StatementKind::CreatePublication(_)
            | StatementKind::CreateSubscription(_)
            | StatementKind::ForeignDataWrapper(_)
            | StatementKind::CreateServer(_)
            | StatementKind::UserMapping(_)
            | StatementKind::ImportForeignSchema(_)
            | StatementKind::RefreshMaterializedView(_)
            | StatementKind::GrantRole(_)
            | StatementKind::DropRole(_)
            | StatementKind::Owned(_)
            | StatementKind::Explain(_)
            | StatementKind::Discard(_)
            | StatementKind::Prepare(_)
            | StatementKind::Execute(_)
            | StatementKind::Deallocate(_)
            | StatementKind::DeclareCursor(_)
            | StatementKind::Fetch(_)
            | StatementKind::Close(_)
            | StatementKind::Notify(_)
            | StatementKind::Copy(_)
            | StatementKind::Call(_)
            | StatementKind::Load(_)
            | StatementKind::Cluster(_)
            | StatementKind::Server(_) => {
                Err("what this changes for older programs is not known".to_owned())
            }
        }
    }

    /// Rows of tables that the file has created.
    fn rows(&self, data: &DataStatement) -> Result<(), Noticed> {
        let (table, with) = match data {
            // It may call what writes; of the engine's own only this is let pass.
            DataStatement::Query(_) => {
                let sets = self.words.iter().any(|it| it == "set_config");
                return match sets {
                    true => self.calls_none("SELECT"),
                    false => Err("what a query does is not looked at".to_owned()),
                };
            }
            DataStatement::Insert(insert) => (&insert.table, insert.with.is_some()),
            DataStatement::Update(update) => (&update.table.name, update.with.is_some()),
            DataStatement::Delete(delete) => (&delete.table.name, delete.with.is_some()),
            DataStatement::Merge(merge) => (&merge.table.name, merge.with.is_some()),
        };
        self.is_new_or_missing(table, "table")
            .map_err(|_| format!("rows of table `{}` are written", table.name.name))?;
        if with {
            return Err("what WITH does is not looked at".to_owned());
        }
        let found = self.before.find_relation(table);
        let has_triggers = found.is_some_and(|it| {
            self.before.triggers.inside(Some(it.oid)).next().is_some()
                || self.before.rules.inside(Some(it.oid)).next().is_some()
        });
        match has_triggers {
            true => Err("what a trigger does is not looked at".to_owned()),
            false => self.calls_none("what writes rows"),
        }
    }

    /// Whether a statement calls no routine that migrations have made.
    fn calls_none(&self, what: &str) -> Result<(), Noticed> {
        let is_own = |name: &&String| {
            let name = name.trim_matches('"');
            let mut named = self.after.functions_named(name).into_iter();
            named.any(|it| !it.oid.is_builtin())
        };
        match self.words.iter().find(is_own) {
            Some(name) => Err(format!("{what} calls `{name}`, which may do anything")),
            None => Ok(()),
        }
    }

    fn is_of_before(&self, oid: Oid) -> bool {
        self.start.relation(oid).is_some()
    }

    /// A relation that the file has made, or that there is none of.
    fn is_new_or_missing(&self, name: &QualifiedName, noun: &str) -> Result<(), Noticed> {
        match self.before.find_relation(name) {
            Some(found) if self.is_of_before(found.oid) => {
                Err(format!("{noun} `{}` is changed", found.name))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn type_is_new(&self, name: &QualifiedName) -> Result<(), Noticed> {
        match self.before.find_type(name) {
            Some(found) if self.start.type_of(found.oid).is_some() => {
                Err(format!("type `{}` is changed", found.name))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What a statement has made: nothing that older names could mean from now on, and nothing that touches what was there.
    fn new_objects(&self) -> Result<(), Noticed> {
        let relations = self.after.relations.iter().rev();
        let relations = relations.take_while(|it| self.before.relations.get(it.oid).is_none());
        for relation in relations {
            if let Some(index) = relation.index() {
                self.new_index(relation, index)?;
                continue;
            }
            let namespaces = self.start.namespaces.iter();
            let mut namesakes =
                namespaces.filter_map(|it| self.start.relation_named(it.oid, &relation.name));
            if namesakes.next().is_some() {
                return Err(format!(
                    "`{}` may be found where another one was",
                    relation.name
                ));
            }
            if relation.parents.iter().any(|it| self.is_of_before(*it)) {
                return Err(format!(
                    "the rows of `{}` are those of a table of before",
                    relation.name
                ));
            }
        }
        let routines = self.after.routines.iter().rev();
        let routines = routines.take_while(|it| self.before.routines.get(it.object.oid).is_none());
        for routine in routines {
            let name = &routine.object.name;
            if !self.start.functions_named(name).is_empty() {
                return Err(format!("`{name}` may be called where another one was"));
            }
        }
        let types = self.after.types.iter().rev();
        let types = types.take_while(|it| self.before.types.get(it.object.oid).is_none());
        for made in types.filter(|it| !it.object.is_array) {
            let namespaces = self.start.namespaces.iter();
            let mut namesakes =
                namespaces.filter_map(|it| self.start.type_in(it.oid, &made.object.name));
            if namesakes.next().is_some() {
                return Err(format!(
                    "`{}` may be found where another one was",
                    made.object.name
                ));
            }
        }
        Ok(())
    }

    fn new_index(&self, relation: &Relation, index: &Index) -> Result<(), Noticed> {
        if !self.is_of_before(index.table) {
            return Ok(());
        }
        if index.unique || index.exclusion {
            return Err(format!("index `{}` refuses rows", relation.name));
        }
        let is_simple = |term: &IndexTerm| matches!(term, IndexTerm::Column(_));
        let keys = index.keys.iter().all(|key| is_simple(&key.term));
        match keys && index.predicate.as_deref().is_none_or(never_fails) {
            true => Ok(()),
            false => Err(format!("what index `{}` computes may fail", relation.name)),
        }
    }

    fn alter_table(&self, alter: &crate::postgres::ast::AlterTable) -> Result<(), Noticed> {
        let Some(table) = self.before.find_relation(&alter.relation.name) else {
            return Ok(());
        };
        for action in &alter.actions {
            let is_of_before = self.is_of_before(table.oid);
            match &action.kind {
                Action::AddColumn { column, .. } if is_of_before => {
                    self.new_column(table, &column.name.name)?;
                }
                Action::ValidateConstraint { .. }
                | Action::SetStatistics { .. }
                | Action::ClusterOn(_)
                | Action::SetWithoutCluster => {}
                Action::AttachPartition {
                    partition: other, ..
                }
                | Action::DetachPartition {
                    partition: other, ..
                }
                | Action::Inherit(other)
                | Action::NoInherit(other)
                    if !is_of_before =>
                {
                    self.is_new_or_missing(other, "table")?;
                }
                // It could be found by an older name then.
                Action::RenameTo(_) | Action::SetSchema(_) => {
                    return Err(format!("`{}` gets another name", table.name));
                }
                _ if is_of_before => return Err(format!("`{}` is altered", table.name)),
                _ => {}
            }
        }
        Ok(())
    }

    fn new_column(&self, table: &Relation, name: &str) -> Result<(), Noticed> {
        if table.column(name).is_some() {
            return Ok(());
        }
        let after = self.after.relation(table.oid);
        let Some(column) = after.and_then(|it| it.column(name)) else {
            return Ok(());
        };
        self.takes_rows_without(table, column)?;
        let constraints = self.after.constraints.inside(Some(table.oid));
        let mut constraints = constraints.filter(|it| {
            self.before.constraints.get(it.oid).is_none()
                && !matches!(it.kind, ConstraintKind::NotNull { .. })
        });
        if constraints.next().is_some() {
            return Err(format!("a constraint of column `{name}` may refuse rows"));
        }
        if !table.children.is_empty() {
            return Err(format!("column `{name}` is one of other tables, too"));
        }
        self.is_read_by_name(table, name)
    }

    fn takes_rows_without(&self, table: &Relation, column: &Column) -> Result<(), Noticed> {
        let name = &column.name;
        if column.generated.is_some() {
            return Err(format!("computing column `{name}` may fail"));
        }
        if column.not_null && column.default.is_none() && column.identity.is_none() {
            return Err(format!("rows have to have column `{name}`"));
        }
        if has_checks(self.after, column.typed.oid) {
            return Err(format!("the domain of column `{name}` may refuse rows"));
        }
        let default = column.default.as_deref();
        let needs = default.map(|it| self.after.references_of(it, &[table.oid]));
        let mut needs = needs.into_iter().flatten();
        let is_own = needs
            .any(|it| matches!(it.class, Class::Routine | Class::Operator) && !it.oid.is_builtin());
        match is_own {
            true => Err(format!("the default of column `{name}` may fail")),
            false => Ok(()),
        }
    }

    /// Whether what is only looked at when it runs may mean another thing by the name of a column, or by `*`.
    fn is_read_by_name(&self, table: &Relation, name: &str) -> Result<(), Noticed> {
        let text = |oid: Oid| {
            let routine = self.start.routines.get(oid)?;
            match routine.more.body.as_deref()? {
                RoutineBody::Text(text) => Some(text.text.to_lowercase()),
                RoutineBody::Parsed(_) => None,
            }
        };
        let table_name = table.name.to_lowercase();
        for routine in self
            .start
            .routines
            .iter()
            .filter(|it| it.provenance.is_some())
        {
            if text(routine.object.oid).is_some_and(|it| has_word(&it, &table_name)) {
                let routine = &routine.object.name;
                return Err(format!(
                    "routine `{routine}` may mean another thing by `{name}`"
                ));
            }
        }
        for trigger in self.start.triggers.inside(Some(table.oid)) {
            let body = text(trigger.function);
            if body.is_some_and(|it| it.contains(".*") || has_word(&it, "execute")) {
                let trigger = &trigger.name;
                return Err(format!(
                    "trigger `{trigger}` may copy whole rows, with column `{name}`"
                ));
            }
        }
        // A value of its row type has another field.
        let row = table.row_type.into_iter();
        let array = |oid: &Oid| self.start.type_of(*oid).and_then(|it| it.array);
        let types: Vec<Oid> = row
            .flat_map(|oid| array(&oid).into_iter().chain([oid]))
            .collect();
        for oid in types {
            let mut edges = self.start.dependencies.on(Address::new(Class::Type, oid));
            if edges.any(|(dependent, ..)| dependent.class != Class::Type) {
                return Err(format!("rows of `{}` are values elsewhere", table.name));
            }
        }
        Ok(())
    }
}

/// Whether a condition can be computed for every row.
fn never_fails(condition: &Expr) -> bool {
    match condition {
        Expr::Column(_) | Expr::Constant(_) => true,
        Expr::NullTest(test) => never_fails(&test.operand),
        Expr::BooleanTest(test) => never_fails(&test.operand),
        Expr::Boolean(_, operands) => operands.iter().all(never_fails),
        _ => false,
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let mut words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
    words.any(|it| it == word)
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn a_word_is_no_part_of_another() {
        assert!(has_word("select * from users;", "users"));
        assert!(!has_word("select * from old_users", "users"));
    }
}
