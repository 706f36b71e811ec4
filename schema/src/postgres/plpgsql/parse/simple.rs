//! Statements without others in them.

use super::super::ast::{QuerySource, Raise, RaiseOption, StatementKind};
use super::super::conditions::condition;
use super::reader::{Reader, Syntax};
use crate::errors::postgres::plpgsql as errors;

impl Reader<'_> {
    /// RAISE after its word.
    pub(super) fn raise(&mut self) -> Syntax<StatementKind> {
        let start = self.position();
        let mut raise = Raise {
            exception: true,
            state: None,
            again: false,
            format: None,
            arguments: Vec::new(),
            using: Vec::new(),
        };
        if self.accept(";") {
            raise.again = true;
            return Ok(StatementKind::Raise(raise));
        }
        const LEVELS: &[&str] = &["exception", "warning", "notice", "info", "log", "debug"];
        if let Some(level) = LEVELS.iter().find(|level| self.is_at(level)) {
            raise.exception = *level == "exception";
            self.advance();
        }
        if self.is_at(";") {
            return Err(self.expected("a message"));
        }
        if self.is_at("using") {
            // Nothing but options.
        } else if self.is_at_name() {
            let name = self.any_name()?;
            raise.state = Some(match &*name.name {
                "sqlstate" => self.sqlstate()?,
                known => match condition(known) {
                    Some(state) => state.into(),
                    None => return Err(Box::new(errors::unknown_condition(&name))),
                },
            });
        } else {
            let format = self.string("a message or a condition")?;
            let wanted = placeholders(&format);
            while self.accept(",") {
                let argument = self.expression_until(&[",", ";", "using"], "`;`")?;
                raise.arguments.push(argument);
            }
            let given = raise.arguments.len();
            if given != wanted {
                let span = self.span_from(start);
                return Err(Box::new(errors::raise_arguments(span, wanted, given)));
            }
            raise.format = Some(format);
        }
        if self.accept("using") {
            loop {
                raise.using.push((self.raise_option()?, {
                    if !self.accept("=") {
                        self.expect(":=")?;
                    }
                    self.expression_until(&[",", ";"], "`;`")?
                }));
                if !self.accept(",") {
                    break;
                }
            }
        }
        self.semicolon()?;
        Ok(StatementKind::Raise(raise))
    }

    fn raise_option(&mut self) -> Syntax<RaiseOption> {
        const OPTIONS: &[(&str, RaiseOption)] = &[
            ("errcode", RaiseOption::Errcode),
            ("message", RaiseOption::Message),
            ("detail", RaiseOption::Detail),
            ("hint", RaiseOption::Hint),
            ("column", RaiseOption::Column),
            ("constraint", RaiseOption::Constraint),
            ("datatype", RaiseOption::Datatype),
            ("table", RaiseOption::Table),
            ("schema", RaiseOption::Schema),
        ];
        let option = OPTIONS.iter().find(|(word, _)| self.is_at(word));
        let Some((_, option)) = option else {
            return Err(self.expected("an option of RAISE"));
        };
        self.advance();
        Ok(*option)
    }

    /// ASSERT after its word.
    pub(super) fn assert(&mut self) -> Syntax<StatementKind> {
        let condition = self.expression_until(&[",", ";"], "`;`")?;
        let message = match self.accept(",") {
            true => Some(self.expression_until(&[";"], "`;`")?),
            false => None,
        };
        self.semicolon()?;
        Ok(StatementKind::Assert { condition, message })
    }

    /// EXECUTE after its word: INTO and USING once each, in any order.
    pub(super) fn execute(&mut self) -> Syntax<StatementKind> {
        let command = self.expression_until(&["into", "using", ";"], "`;`")?;
        let mut into = None;
        let mut using = Vec::new();
        loop {
            if into.is_none() && self.accept("into") {
                into = Some(self.targets_of_into()?);
            } else if using.is_empty() && self.is_at("using") {
                using = self.using(&["into", ";"])?;
            } else {
                self.semicolon()?;
                return Ok(StatementKind::Execute {
                    command,
                    into,
                    using,
                });
            }
        }
    }

    /// GET after its word.
    pub(super) fn get_diagnostics(&mut self) -> Syntax<StatementKind> {
        const CURRENT: &[&str] = &["row_count", "pg_context"];
        const STACKED: &[&str] = &[
            "pg_context",
            "pg_exception_context",
            "pg_exception_detail",
            "pg_exception_hint",
            "returned_sqlstate",
            "column_name",
            "constraint_name",
            "pg_datatype_name",
            "message_text",
            "table_name",
            "schema_name",
        ];
        let stacked = self.accept("stacked");
        if !stacked {
            self.accept("current");
        }
        self.expect("diagnostics")?;
        let mut targets = Vec::new();
        loop {
            targets.push(self.scalar()?);
            if !self.accept("=") {
                self.expect(":=")?;
            }
            let items = if stacked { STACKED } else { CURRENT };
            if !items.iter().any(|item| self.accept(item)) {
                let is_routine = self.version >= 16 && self.accept("pg_routine_oid");
                if stacked || !is_routine {
                    return Err(self.expected("a fact that GET DIAGNOSTICS knows"));
                }
            }
            if !self.accept(",") {
                break;
            }
        }
        self.semicolon()?;
        Ok(StatementKind::GetDiagnostics(targets))
    }

    /// COMMIT or ROLLBACK after its word.
    pub(super) fn transaction(&mut self, commit: bool) -> Syntax<StatementKind> {
        if self.accept("and") {
            self.accept("no");
            self.expect("chain")?;
        }
        self.semicolon()?;
        Ok(StatementKind::Transaction { commit })
    }
}

/// How many arguments a format of RAISE wants: a `%` each, but for `%%`.
fn placeholders(format: &str) -> usize {
    format.replace("%%", "").matches('%').count()
}

/// A query that is written out has no place for values.
impl QuerySource {
    /// Whether the query is computed.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        matches!(self, QuerySource::Dynamic(..))
    }
}
