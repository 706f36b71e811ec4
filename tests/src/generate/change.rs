//! Statements that change rows.

use super::{Generator, Scope};

impl Generator<'_> {
    pub(super) fn insert(&mut self) -> String {
        let mut text = self.insert_in(&Scope::default());
        text.push_str(&self.returning());
        text
    }

    /// An INSERT whose expressions may name what `outer` holds: NEW and OLD.
    pub(super) fn insert_in(&mut self, outer: &Scope) -> String {
        let (table, columns) = self.target();
        let chosen: Vec<String> = match self.random.below(3) {
            0 => columns.clone(),
            _ => {
                let count = 1 + self.random.below(2);
                (0..count).map(|_| self.column_of(&columns)).collect()
            }
        };
        let list = match self.random.below(4) {
            0 => String::new(),
            _ => format!(" ({})", chosen.join(", ")),
        };
        let width = match list.is_empty() {
            true => columns.len(),
            false => chosen.len(),
        };
        let width = width + usize::from(self.chance(20));
        let verb = self.word(&["INSERT", "INSERT", "REPLACE", "INSERT OR IGNORE"]);
        let mut text = format!("{verb} INTO {table}{list} ");
        if self.chance(3) && width < 4 {
            let query = self.query_of(outer, width);
            text.push_str(&query);
            // ON after a join would belong to it.
            if query.contains(" FROM ") {
                return text;
            }
        } else {
            let values: Vec<String> = (0..width).map(|_| self.expression(outer)).collect();
            text.push_str(&format!("VALUES ({})", values.join(", ")));
        }
        if self.chance(4) && !text.starts_with("REPLACE") {
            text.push_str(&self.upsert(outer, &table, &columns));
        }
        text
    }

    fn upsert(&mut self, outer: &Scope, table: &str, columns: &[String]) -> String {
        let target = match self.random.below(4) {
            0 => String::new(),
            1 => " (id)".to_owned(),
            _ => format!(" ({})", self.list(2, ", ", |it| it.column_of(columns))),
        };
        if self.chance(2) {
            return format!(" ON CONFLICT{target} DO NOTHING");
        }
        let mut scope = outer.clone();
        scope.tables.push((table.to_owned(), columns.to_vec()));
        scope.tables.push(("excluded".to_owned(), columns.to_vec()));
        let set = self.assignments(&scope, columns);
        let filter = match self.random.below(3) {
            0 => format!(" WHERE {}", self.expression(&scope)),
            _ => String::new(),
        };
        format!(" ON CONFLICT{target} DO UPDATE SET {set}{filter}")
    }

    pub(super) fn update(&mut self) -> String {
        let mut text = self.update_in(&Scope::default());
        text.push_str(&self.returning());
        text
    }

    pub(super) fn update_in(&mut self, outer: &Scope) -> String {
        let (table, columns) = self.target();
        let mut scope = outer.clone();
        scope.tables.push((table.clone(), columns.clone()));
        let mut from = String::new();
        if self.chance(6) {
            let (other, columns) = self.relation();
            from = format!(" FROM {other} AS o1");
            scope.tables.push(("o1".to_owned(), columns));
        }
        let set = self.assignments(&scope, &columns);
        let filter = match self.random.below(2) {
            0 => format!(" WHERE {}", self.expression(&scope)),
            _ => String::new(),
        };
        format!("UPDATE {table} SET {set}{from}{filter}")
    }

    pub(super) fn delete(&mut self) -> String {
        let mut text = self.delete_in(&Scope::default());
        text.push_str(&self.returning());
        text
    }

    pub(super) fn delete_in(&mut self, outer: &Scope) -> String {
        let (table, columns) = self.target();
        let mut scope = outer.clone();
        scope.tables.push((table.clone(), columns));
        match self.random.below(4) {
            0 => format!("DELETE FROM {table}"),
            _ => format!("DELETE FROM {table} WHERE {}", self.expression(&scope)),
        }
    }

    fn assignments(&mut self, scope: &Scope, columns: &[String]) -> String {
        if self.chance(6) {
            let list = [self.column_of(columns), self.column_of(columns)].join(", ");
            let width = 2 + usize::from(self.chance(12));
            return format!("({list}) = ({})", self.query_of(scope, width));
        }
        self.list(2, ", ", |it| {
            let column = it.column_of(columns);
            format!("{column} = {}", it.expression(scope))
        })
    }

    /// A table, and now and then a view.
    fn target(&mut self) -> (String, Vec<String>) {
        match self.random.pick(&self.names.views).cloned() {
            Some(view) if self.chance(10) => (view, vec!["a".to_owned(), "p".to_owned()]),
            _ => self.relation(),
        }
    }

    fn returning(&mut self) -> String {
        if !self.chance(10) {
            return String::new();
        }
        let mut scope = Scope::default();
        scope.tables.push(self.relation());
        match self.random.below(3) {
            0 => " RETURNING *".to_owned(),
            _ => format!(" RETURNING {}", self.expression(&scope)),
        }
    }
}
