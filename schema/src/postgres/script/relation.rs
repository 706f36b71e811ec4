//! Sequences and views; tables and indexes have files of their own.

use super::Script;
use crate::postgres::catalog::{
    Address, Catalog, Dependency, Persistence, Relation, RelationKind, RelationOption, Sequence,
    View,
};
use crate::postgres::print;
use crate::postgres::types::{Oid, Typing, well_known};

impl Script<'_> {
    pub(super) fn relation(&mut self, oid: Oid) {
        let catalog = self.catalog;
        let Some(relation) = catalog.relation(oid) else {
            return;
        };
        match &relation.kind {
            RelationKind::Table | RelationKind::Partitioned(_) | RelationKind::Foreign(_) => {
                self.table(relation);
            }
            RelationKind::View(view) => self.view(relation, view, "VIEW"),
            RelationKind::MaterializedView(view) => {
                self.view(relation, view, "MATERIALIZED VIEW");
            }
            RelationKind::Sequence(sequence) => {
                let name = self.relation_name(oid);
                let unlogged = unlogged(relation);
                let options = self.sequence_options(sequence);
                self.push(format!("CREATE {unlogged}SEQUENCE {name}{options}"));
            }
            RelationKind::Index(_) | RelationKind::PartitionedIndex(_) => self.index(relation),
            // A composite type is made as a type.
            RelationKind::Composite => {}
        }
    }

    fn view(&mut self, relation: &Relation, view: &View, words: &str) {
        let name = self.relation_name(relation.oid);
        let Some(query) = &view.query else {
            return;
        };
        let columns = relation.live_columns();
        let columns: Vec<String> = columns.map(|it| it.name.to_string()).collect();
        let query = print::view_definition(self.catalog, query, &columns);
        let query = query.trim_start().trim_end_matches(';');
        let options = self.options(relation, false);
        let method = self.access_method(relation);
        let data = match (&relation.kind, view.populated) {
            (RelationKind::MaterializedView(_), false) => "\nWITH NO DATA",
            _ => "",
        };
        self.push(format!(
            "CREATE {words} {name}{method}{options} AS\n{query}{data}"
        ));
    }

    /// What a sequence has that others of its type have not.
    pub(super) fn sequence_options(&self, sequence: &Sequence) -> String {
        let (lowest, highest) = match sequence.type_oid {
            well_known::INT2 => (i64::from(i16::MIN), i64::from(i16::MAX)),
            well_known::INT4 => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let ascends = sequence.increment > 0;
        let (minimum, maximum) = match ascends {
            true => (1, highest),
            false => (lowest, -1),
        };
        let start = if ascends {
            sequence.minimum
        } else {
            sequence.maximum
        };
        let mut words = String::new();
        if sequence.type_oid != well_known::INT8 {
            let of_type = Typing::new(self.catalog).name(sequence.type_oid);
            words.push_str(&format!(" AS {of_type}"));
        }
        let numbers = [
            ("INCREMENT BY", sequence.increment, 1),
            ("MINVALUE", sequence.minimum, minimum),
            ("MAXVALUE", sequence.maximum, maximum),
            ("START WITH", sequence.start, start),
            ("CACHE", sequence.cache, 1),
        ];
        for (word, number, usual) in numbers {
            if number != usual {
                words.push_str(&format!(" {word} {number}"));
            }
        }
        if sequence.cycle {
            words.push_str(" CYCLE");
        }
        words
    }

    /// Has the columns of a table own their sequences.
    pub(super) fn owned_sequences(&mut self, table: &Relation) {
        for sequence in self.catalog.owned_sequences(table.oid) {
            let owner = self.catalog.owner_of_sequence(sequence);
            let Some((_, column, Dependency::Auto)) = owner else {
                continue;
            };
            if let Some(column) = table.column_at(column) {
                let name = self.relation_name(sequence);
                let table = self.relation_name(table.oid);
                let column = self.name(&column.name);
                self.push(format!("ALTER SEQUENCE {name} OWNED BY {table}.{column}"));
            }
        }
    }

    /// WITH (…), with a space before it.
    pub(super) fn options(&self, relation: &Relation, of_index: bool) -> String {
        let options: Vec<String> = relation.options.iter().map(|it| self.option(it)).collect();
        match options.is_empty() || of_index {
            true => String::new(),
            false => format!(" WITH ({})", options.join(", ")),
        }
    }

    pub(super) fn option(&self, option: &RelationOption) -> String {
        let name = match option.name.strip_prefix("toast.") {
            Some(name) => format!("toast.{}", self.name(name)),
            None => self.name(&option.name),
        };
        format!("{name} = {}", super::literal(&option.value))
    }

    /// USING, with a space before it, unless it is what a table has anyway.
    pub(super) fn access_method(&self, relation: &Relation) -> String {
        let method = relation.access_method;
        let method = method.map(|it| self.catalog.access_method_name(it));
        match method.as_deref() {
            None | Some("heap") => String::new(),
            Some(method) => format!(" USING {}", self.name(method)),
        }
    }

    pub(super) fn expression(
        &self,
        expression: &crate::postgres::tree::Expr,
        relation: Oid,
    ) -> String {
        print::expression(self.catalog, expression, Some(relation))
    }
}

/// `UNLOGGED`, with a space behind it.
pub(super) fn unlogged(relation: &Relation) -> &'static str {
    match relation.persistence {
        Persistence::Unlogged => "UNLOGGED ",
        Persistence::Permanent | Persistence::Temporary => "",
    }
}

/// Whether a default or constraint stands in the statement of its table.
pub(super) fn is_inline(script: &Script<'_>, part: Address) -> bool {
    script.inline.contains(&part)
}

/// Whether an identity's sequence is the one that it would have if nothing were said.
pub(super) fn is_usual_sequence(
    catalog: &Catalog,
    table: &Relation,
    column: &str,
    sequence: &Relation,
) -> bool {
    let usual =
        crate::postgres::catalog::identifier::object_name(&table.name, Some(column), Some("seq"));
    *sequence.name == *usual && catalog.relation(sequence.oid).is_some()
}
