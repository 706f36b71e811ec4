//! INSERT, UPDATE, DELETE.

use super::Generator;

impl Generator<'_> {
    pub(super) fn insert(&mut self) -> String {
        let (table, columns) = self.table();
        let into: Vec<String> = (0..1 + self.random.below(3))
            .map(|_| self.column_of(&columns))
            .collect();
        let count = into.len();
        let names = into.join(", ");
        let mut text = match self.chance(3) {
            true => {
                let query = self.query(&Vec::new());
                format!("INSERT INTO {table} ({names}) {query}")
            }
            false => {
                let values: Vec<String> = (0..count)
                    .map(|_| match self.chance(6) {
                        true => "DEFAULT".to_owned(),
                        false => self.literal(),
                    })
                    .collect();
                format!(
                    "INSERT INTO {table} ({names}) VALUES ({})",
                    values.join(", ")
                )
            }
        };
        let scope = vec![(table.clone(), columns.clone())];
        match self.random.below(6) {
            0 => text.push_str(" ON CONFLICT DO NOTHING"),
            1 => {
                let (target, set) = (self.column_of(&columns), self.column_of(&columns));
                text.push_str(&format!(
                    " ON CONFLICT ({target}) DO UPDATE SET {set} = excluded.{set}"
                ));
            }
            2 => text.push_str(&format!(" RETURNING {}", self.expression(&scope))),
            _ => {}
        }
        text
    }

    pub(super) fn update(&mut self) -> String {
        let (table, columns) = self.table();
        let mut scope = vec![(table.clone(), columns.clone())];
        let set = self.column_of(&columns);
        let from = match self.chance(4) {
            true => {
                let (other, others) = self.table();
                scope.push(("o".to_owned(), others));
                format!(" FROM {other} o")
            }
            false => String::new(),
        };
        let value = match self.chance(8) {
            true => "DEFAULT".to_owned(),
            false => self.expression(&scope),
        };
        let predicate = self.predicate(&scope);
        format!("UPDATE {table} SET {set} = {value}{from} WHERE {predicate}")
    }

    pub(super) fn delete(&mut self) -> String {
        let (table, columns) = self.table();
        let scope = vec![(table.clone(), columns)];
        let predicate = self.predicate(&scope);
        format!("DELETE FROM {table} WHERE {predicate}")
    }
}
