//! Queries.

use super::{Generator, Scope};

/// How deep the queries within the outermost one may nest.
const TOP: usize = super::DEPTH - 1;

impl Generator<'_> {
    /// A query whose expressions may also name what `outer` holds.
    pub(super) fn query(&mut self, outer: &Scope) -> String {
        let columns = match self.random.below(5) {
            0 => 2,
            1 => 3,
            _ => 1,
        };
        self.query_of(outer, columns)
    }

    pub(super) fn query_of(&mut self, outer: &Scope, columns: usize) -> String {
        if self.depth == 0 {
            let ones = vec!["1"; columns];
            return format!("SELECT {}", ones.join(", "));
        }
        self.depth -= 1;
        let mut with = Scope::default();
        let mut text = String::new();
        if self.chance(6) {
            text = self.common_tables(outer, &mut with);
        }
        text.push_str(&self.select(outer, &with, columns));
        if self.chance(8) {
            let operator = self.word(&["UNION", "UNION ALL", "INTERSECT", "EXCEPT"]);
            text.push_str(&format!(
                " {operator} {}",
                self.select(outer, &with, columns)
            ));
        }
        if self.chance(4) {
            let term = match self.random.below(4) {
                0 => self.word(&["1", "2", "'x'", "9"]).to_owned(),
                1 => "a1".to_owned(),
                _ => {
                    let mut scope = outer.clone();
                    scope.tables.push(self.relation());
                    // Of a subquery the engine may forget the order before it looks at its aggregate functions.
                    scope.aggregates = self.depth == TOP;
                    self.expression(&scope)
                }
            };
            let order = self.word(&["", " DESC", " ASC NULLS LAST", " COLLATE NOCASE"]);
            text.push_str(&format!(" ORDER BY {term}{order}"));
        }
        if self.chance(8) {
            text.push_str(&format!(" LIMIT {}", self.leaf(&Scope::default())));
        }
        self.depth += 1;
        text
    }

    fn common_tables(&mut self, outer: &Scope, with: &mut Scope) -> String {
        if self.chance(4) {
            with.tables.push(("r1".to_owned(), vec!["n".to_owned()]));
            let step = self.word(&["n + 1", "r1.n * 2", "count(*)", "max(n)"]);
            return format!(
                "WITH RECURSIVE r1(n) AS (SELECT 1 UNION ALL SELECT {step} FROM r1 WHERE n < 9) "
            );
        }
        let (head, columns) = match self.random.below(3) {
            0 => ("c1(p, q)", vec!["p".to_owned(), "q".to_owned()]),
            1 => ("c1(p)", vec!["p".to_owned()]),
            _ => ("c1", vec!["a1".to_owned(), "a".to_owned()]),
        };
        let width = columns.len().min(2);
        let query = self.query_of(outer, width);
        with.tables.push(("c1".to_owned(), columns));
        let hint = self.word(&["", "", "MATERIALIZED ", "NOT MATERIALIZED "]);
        format!("WITH {head} AS {hint}({query}) ")
    }

    fn select(&mut self, outer: &Scope, with: &Scope, columns: usize) -> String {
        if self.chance(25) {
            let row = vec!["1"; columns].join(", ");
            return format!("VALUES ({row})");
        }
        let mut scope = Scope {
            tables: Vec::new(),
            aggregates: self.chance(3),
            raise: outer.raise,
        };
        let from = self.from(outer, with, &mut scope);
        // An inner name is likelier than an outer one.
        if self.chance(3) {
            scope.tables.extend(outer.tables.iter().cloned());
        }
        let plain = Scope {
            aggregates: false,
            ..scope.clone()
        };
        let distinct = self.perhaps(8, "DISTINCT ");
        let mut text = format!("SELECT {distinct}{}", self.results(&scope, columns));
        text.push_str(&from);
        if self.chance(2) {
            text.push_str(&format!(" WHERE {}", self.expression(&plain)));
        }
        if self.chance(5) {
            let terms = self.list(2, ", ", |it| it.expression(&plain));
            text.push_str(&format!(" GROUP BY {terms}"));
            if self.chance(2) {
                text.push_str(&format!(" HAVING {}", self.expression(&scope)));
            }
        }
        if text.contains("OVER win") && !self.chance(6) {
            text.push_str(&format!(
                " WINDOW win AS {}",
                self.window_definition(&plain)
            ));
        }
        text
    }

    fn results(&mut self, scope: &Scope, columns: usize) -> String {
        if columns == 1 && self.chance(5) {
            let table = self.random.pick(&scope.tables).cloned();
            return match table {
                Some((table, _)) if self.chance(3) => format!("{table}.*"),
                _ => "*".to_owned(),
            };
        }
        let results: Vec<String> = (0..columns)
            .map(|_| {
                let expression = self.expression(scope);
                let alias = self.word(&["", "", " AS a1", " AS a", " b", " AS 'text'"]);
                format!("{expression}{alias}")
            })
            .collect();
        results.join(", ")
    }

    fn from(&mut self, outer: &Scope, with: &Scope, scope: &mut Scope) -> String {
        if self.chance(15) {
            return String::new();
        }
        let mut text = String::from(" FROM ");
        let count = 1 + usize::from(self.chance(3)) + usize::from(self.chance(8));
        for position in 0..count {
            if position > 0 {
                text.push_str(self.word(&[
                    ", ",
                    " JOIN ",
                    " LEFT JOIN ",
                    " CROSS JOIN ",
                    " FULL JOIN ",
                    " NATURAL JOIN ",
                    " RIGHT JOIN ",
                    " INNER JOIN ",
                ]));
            }
            text.push_str(&self.source(outer, with, scope));
            if position > 0 && !text.contains("NATURAL") {
                match self.random.below(5) {
                    0 | 1 => text.push_str(&format!(" ON {}", self.expression(scope))),
                    2 => {
                        let columns = scope.tables.last().map(|(_, columns)| columns.clone());
                        let column = self.column_of(&columns.unwrap_or_default());
                        text.push_str(&format!(" USING ({column})"));
                    }
                    _ => {}
                }
            }
        }
        text
    }

    fn source(&mut self, outer: &Scope, with: &Scope, scope: &mut Scope) -> String {
        if let Some((name, columns)) = self.random.pick(&with.tables).cloned()
            && self.chance(2)
        {
            scope.tables.push((name.clone(), columns));
            return name;
        }
        match self.random.below(12) {
            0 | 1 if self.depth > 0 => {
                let query = self.query(outer);
                let columns = vec!["a1".to_owned(), "a".to_owned(), "b".to_owned()];
                if self.chance(4) {
                    return format!("({query})");
                }
                scope.tables.push(("s1".to_owned(), columns));
                format!("({query}) AS s1")
            }
            2 if self.chance(2) => {
                let columns = ["key", "value", "type", "json"];
                let columns = columns.iter().map(|it| (*it).to_owned()).collect();
                let argument = self.expression(scope);
                scope.tables.push(("j1".to_owned(), columns));
                format!(
                    "{}({argument}) AS j1",
                    self.word(&["json_each", "json_tree"])
                )
            }
            3 if self.chance(2) => {
                let (table, _) = self.relation();
                let columns = ["name", "type", "pk"].iter().map(|it| (*it).to_owned());
                scope.tables.push(("p1".to_owned(), columns.collect()));
                format!("pragma_table_info('{}') AS p1", table.trim_matches('"'))
            }
            _ => {
                let (table, columns) = self.relation();
                let mut text = match self.random.below(12) {
                    0 => format!("main.{table}"),
                    _ => table.clone(),
                };
                let mut name = table;
                if self.chance(3) {
                    name = self.word(&["x1", "y1", "\"z 1\""]).to_owned();
                    text.push_str(&format!(" AS {name}"));
                }
                if self.chance(40) {
                    text.push_str(self.word(&[" NOT INDEXED", " INDEXED BY i1"]));
                }
                scope.tables.push((name, columns));
                text
            }
        }
    }
}
