//! Calls of functions.

use super::folding::bare;
use super::functions::{self, Arguments, Called, Function, FunctionKind, Gives, Null};
use super::resolver::Resolver;
use super::scope::Scope;
use super::value::{DataTypes, Value};
use crate::config::{EngineVersion, Rules};
use crate::diagnostic::nearest;
use crate::errors::sqlite::names;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{Expr, ExprKind, FunctionArguments, FunctionCall, Literal};
use crate::sqlite::catalog::{Content, StorageClasses};
use crate::text::Span;

/// What a call turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A scalar function, or one that is not known.
    Scalar,
    /// An aggregate function without OVER.
    Aggregate,
    /// With OVER.
    Window,
}

impl Resolver<'_> {
    /// Resolves a call.
    pub(super) fn function(&mut self, call: &FunctionCall, scope: &Scope<'_>) -> Value {
        let arguments = match &call.arguments {
            FunctionArguments::Star => &[][..],
            FunctionArguments::List(arguments) => arguments.as_slice(),
        };
        let called = functions::find(&call.name.name, arguments.len(), self.environment.rules);
        let role = self.role(call, arguments.len(), called, scope);
        if let Called::Builtin(function) = called {
            self.check_function(call.name.span, &function, scope);
            self.check_likelihood(&function, arguments, call.name.span);
        }
        let saved = (scope.aggregates.get(), scope.window_functions.get());
        match role {
            Role::Scalar => {}
            // An aggregate function may be an argument of a window function, and nothing else of the two.
            Role::Aggregate => {
                scope.aggregates.set(false);
                scope.window_functions.set(false);
            }
            Role::Window => scope.window_functions.set(false),
        }
        let first_cursor = self.cursors();
        let first_seen = self.seen.len();
        let values: Vec<Value> = arguments
            .iter()
            .map(|argument| self.scalar(argument, scope))
            .collect();
        // Without arguments the parser forgets ORDER BY.
        if arguments.is_empty() {
            self.unchecked(|resolver| resolver.terms(&call.order_by, scope));
        } else {
            self.terms(&call.order_by, scope);
        }
        match &call.over {
            Some(over) if role == Role::Window => self.window(call, over, called, scope),
            Some(over) => self.misplaced_window(over, scope),
            None => {}
        }
        if let Some(filter) = &call.filter {
            self.scalar(filter, scope);
        }
        if role == Role::Aggregate {
            let own: Vec<u32> = self
                .seen
                .get(first_seen..)
                .unwrap_or_default()
                .iter()
                .copied()
                .filter(|cursor| *cursor <= first_cursor)
                .collect();
            self.aggregate(call.name.span, &call.name.name, &own, scope);
            self.check_distinct(call, &values);
        }
        scope.aggregates.set(saved.0);
        scope.window_functions.set(saved.1);
        if role == Role::Window {
            scope.has_window.set(true);
        }
        self.call_value(call, called, role, &values)
    }

    /// Resolves an operator that calls a function of its name: LIKE and its kin, `->`.
    pub(super) fn operator_call(
        &mut self,
        expr: &Expr,
        name: &str,
        arguments: &[&Expr],
        scope: &Scope<'_>,
    ) -> Value {
        let called = functions::find(name, arguments.len(), self.environment.rules);
        match called {
            Called::Builtin(function) => self.check_function(expr.span, &function, scope),
            Called::Registered => {}
            Called::WrongCount => {
                let takes = takes(name);
                let count = arguments.len();
                self.report(names::wrong_argument_count(expr.span, name, count, &takes));
            }
            Called::Unknown => self.report(errors::no_operator_function(expr.span, name)),
        }
        let values: Vec<Value> = arguments
            .iter()
            .map(|argument| self.scalar(argument, scope))
            .collect();
        let shapes = values.iter().map(|value| value.shape).collect();
        let shape = self.shapes.apply(format!("{name}()"), shapes);
        let all: Vec<&Value> = values.iter().collect();
        let null = match called {
            Called::Builtin(function) => function.null,
            Called::Registered | Called::WrongCount | Called::Unknown => Null::Perhaps,
        };
        let content = match called {
            Called::Builtin(function) => content(function.gives, &values),
            Called::Registered | Called::WrongCount | Called::Unknown => Content::ANY,
        };
        Value {
            nullable: is_nullable(null, &values),
            content,
            data: DataTypes::ANY,
            ..Value::number(shape, &all).collated_by(&all)
        }
    }

    /// Which kind of call it is, and what is wrong with it if it may not stand here.
    fn role(
        &mut self,
        call: &FunctionCall,
        count: usize,
        called: Called,
        scope: &Scope<'_>,
    ) -> Role {
        let name = &*call.name.name;
        let span = call.name.span;
        let over = call.over.is_some();
        let kind = match called {
            Called::Builtin(function) => function.kind,
            Called::Registered => return self.registered_role(call, scope),
            Called::WrongCount => {
                let takes = takes(name);
                self.report(names::wrong_argument_count(span, name, count, &takes));
                return Role::Scalar;
            }
            Called::Unknown => {
                let rules: &Rules = self.environment.rules;
                let mut candidates: Vec<&str> = functions::names(rules).collect();
                candidates.extend(rules.registered.iter().map(|key| key.as_str()));
                let nearest = nearest(name, candidates);
                self.report(names::unknown_function(span, name, nearest));
                return Role::Scalar;
            }
        };
        match (kind, over) {
            (FunctionKind::Scalar, true) => {
                self.report(errors::not_a_window_function(span, name));
                Role::Scalar
            }
            (FunctionKind::Scalar, false) => {
                if call.filter.is_some() {
                    self.report(errors::filter_on_scalar(span, name));
                } else if !call.order_by.is_empty() && count > 0 {
                    self.report(errors::order_by_on_scalar(span, name));
                }
                Role::Scalar
            }
            (FunctionKind::Window, false) => {
                self.report(errors::window_function_without_over(span, name));
                Role::Scalar
            }
            (FunctionKind::Aggregate | FunctionKind::Window, _) if !scope.aggregates.get() => {
                self.report(if over {
                    errors::window_function_here(span, name)
                } else {
                    errors::aggregate_here(span, name)
                });
                Role::Scalar
            }
            (FunctionKind::Aggregate | FunctionKind::Window, true)
                if !scope.window_functions.get() =>
            {
                self.report(errors::window_function_here(span, name));
                Role::Scalar
            }
            (FunctionKind::Aggregate | FunctionKind::Window, true) => Role::Window,
            (FunctionKind::Aggregate, false) => Role::Aggregate,
        }
    }

    /// A function of the application may be of any kind; what stands around the call tells which.
    fn registered_role(&mut self, call: &FunctionCall, scope: &Scope<'_>) -> Role {
        let (name, span) = (&*call.name.name, call.name.span);
        if call.over.is_some() {
            if !scope.aggregates.get() || !scope.window_functions.get() {
                self.report(errors::window_function_here(span, name));
                return Role::Scalar;
            }
            return Role::Window;
        }
        if call.filter.is_some() || !call.order_by.is_empty() {
            if !scope.aggregates.get() {
                self.report(errors::aggregate_here(span, name));
                return Role::Scalar;
            }
            return Role::Aggregate;
        }
        Role::Scalar
    }

    /// Checks that a function of the engine may be called here, and that every supported engine has it.
    fn check_function(&mut self, span: Span, function: &Function, scope: &Scope<'_>) {
        let noun = scope.place.noun();
        if scope.place.is_deterministic() && !function.deterministic {
            self.report(errors::not_deterministic(span, function.name, noun));
        } else if function.direct_only && (self.home.kept || scope.place.is_definition()) {
            self.report(errors::direct_only(span, function.name));
        }
        let oldest = self.environment.rules.engine_version;
        if function.since > oldest && oldest < EngineVersion::BUNDLED {
            self.report(names::function_needs_newer_engine(
                span,
                function.name,
                &function.since.to_string(),
                &oldest.to_string(),
            ));
        }
    }

    fn check_likelihood(&mut self, function: &Function, arguments: &[Expr], span: Span) {
        let [_, probability] = arguments else { return };
        if function.name != "likelihood" {
            return;
        }
        let valid = match &bare(probability).kind {
            ExprKind::Literal(Literal::Float(text)) => {
                let digits: String = text.chars().filter(|digit| *digit != '_').collect();
                digits.parse::<f64>().is_ok_and(|value| value <= 1.0)
            }
            _ => false,
        };
        if !valid {
            self.report(errors::likelihood(span));
        }
    }

    fn check_distinct(&mut self, call: &FunctionCall, arguments: &[Value]) {
        if !call.distinct {
            return;
        }
        match arguments {
            [argument] => self.need_collation(argument),
            _ => self.report(errors::distinct_arguments(call.name.span)),
        }
    }

    fn call_value(
        &mut self,
        call: &FunctionCall,
        called: Called,
        role: Role,
        values: &[Value],
    ) -> Value {
        let all: Vec<&Value> = values.iter().collect();
        let shapes = values.iter().map(|value| value.shape).collect();
        let name = call.name.name.to_ascii_lowercase();
        let plain = call.over.is_none() && call.filter.is_none() && call.order_by.is_empty();
        let shape = if plain {
            let distinct = if call.distinct { " distinct" } else { "" };
            self.shapes.apply(format!("{name}(){distinct}"), shapes)
        } else {
            self.shapes.unique()
        };
        let Called::Builtin(function) = called else {
            let value = Value::number(shape, &all).collated_by(&all);
            return Value {
                nullable: true,
                data: DataTypes::ANY,
                ..value
            };
        };
        if function.kind == FunctionKind::Scalar && needs_collation(function.name, values.len()) {
            // The first argument with a collation decides.
            if let Some(value) = values.iter().find(|value| value.collation.is_some()) {
                self.need_collation(value);
            }
        }
        if role == Role::Aggregate && matches!(function.name, "min" | "max") {
            for value in values {
                self.need_collation(value);
            }
        }
        let null = function.null;
        let nullable = match null {
            // A group has at least one row; the whole of a table need not, nor what FILTER leaves.
            Null::EmptyGroup => true,
            _ => is_nullable(null, values),
        };
        let hint = matches!(null, Null::FirstArgument);
        Value {
            nullable,
            // An aggregate function has a value even where there is no row.
            bare: role == Role::Scalar && values.iter().any(|value| value.bare),
            finite: match null {
                Null::NeverAndFinite | Null::AnyArgumentElseFinite => true,
                Null::FirstArgument => values.first().is_some_and(|value| value.finite),
                Null::Choice => values.iter().skip(1).all(|value| value.finite),
                Null::EveryArgument => values.iter().all(|value| value.finite),
                Null::Never
                | Null::AnyArgument
                | Null::AnyArgumentOrEmptyBlob
                | Null::Infinities
                | Null::EmptyGroup
                | Null::Perhaps => false,
            },
            content: content(function.gives, values),
            data: DataTypes::ANY,
            shown: values
                .first()
                .filter(|_| hint)
                .and_then(|value| value.shown.clone()),
            ..Value::number(shape, &all).collated_by(&all)
        }
    }
}

/// Whether a scalar function compares its arguments (`SQLITE_FUNC_NEEDCOLL`).
fn needs_collation(name: &str, count: usize) -> bool {
    name == "nullif" || matches!(name, "min" | "max") && count > 1
}

fn is_nullable(null: Null, values: &[Value]) -> bool {
    match null {
        Null::Never | Null::NeverAndFinite => false,
        Null::AnyArgument | Null::AnyArgumentElseFinite => {
            values.iter().any(|value| value.nullable)
        }
        Null::AnyArgumentOrEmptyBlob => {
            let first = values.first();
            let blob = StorageClasses::BLOB;
            first.is_none_or(|value| value.content.classes.contains(blob))
                || values.iter().any(|value| value.nullable)
        }
        Null::Infinities => values
            .iter()
            .any(|value| value.content.classes != StorageClasses::INTEGER),
        Null::FirstArgument => values.first().is_none_or(|value| value.nullable),
        Null::EveryArgument => values.iter().all(|value| value.nullable),
        Null::Choice => {
            let otherwise = values.len() % 2 == 1;
            !otherwise || choices(values).any(|value| value.nullable)
        }
        Null::EmptyGroup | Null::Perhaps => true,
    }
}

/// What the results of a function are, NULL aside.
fn content(gives: Gives, values: &[Value]) -> Content {
    let argument = |position: usize| {
        let value = values.get(position);
        value.map_or(Content::ANY, |value| value.content.clone())
    };
    let classes = argument(0).classes;
    match gives {
        Gives::Classes(classes) => Content::of(classes),
        Gives::FirstArgument => argument(0),
        Gives::FirstOrThirdArgument => argument(0).or(&argument(2)),
        Gives::AnyArgument => Content::any_of(values.iter().map(|value| &value.content)),
        Gives::Choice => Content::any_of(choices(values).map(|value| &value.content)),
        Gives::SameNumber if StorageClasses::NUMBER.contains(classes) => Content::of(classes),
        Gives::SameNumber => Content::of(StorageClasses::NUMBER),
        Gives::SameString if classes == StorageClasses::BLOB => Content::of(classes),
        Gives::SameString if classes.contains(StorageClasses::BLOB) => {
            Content::of(StorageClasses::TEXT.or(StorageClasses::BLOB))
        }
        Gives::SameString => Content::of(StorageClasses::TEXT),
        Gives::TextOrFirstArgument => Content::of(StorageClasses::TEXT.or(classes)),
    }
}

/// The results that `iif` chooses from: after each condition one, and the last if it has no condition.
fn choices(values: &[Value]) -> impl Iterator<Item = &Value> {
    let count = values.len();
    let results = values.iter().enumerate();
    results
        .filter(move |(position, _)| position % 2 == 1 || position + 1 == count)
        .map(|(_, value)| value)
}

/// What the forms of a function take, in words.
fn takes(name: &str) -> String {
    let mut forms: Vec<Arguments> = functions::forms(name)
        .map(|function| function.arguments)
        .collect();
    // Exactly one argument is also at least one.
    let least = forms.iter().find_map(|form| match form {
        Arguments::AtLeast(least) => Some(*least),
        Arguments::Exactly(_) => None,
    });
    forms.retain(|form| match form {
        Arguments::Exactly(count) => least.is_none_or(|least| *count < least),
        Arguments::AtLeast(_) => true,
    });
    forms.dedup();
    let words: Vec<String> = forms.iter().map(|form| form.to_string()).collect();
    match words.as_slice() {
        [] => "other arguments".to_owned(),
        [only] if only == "1" || only == "at least 1" => format!("{only} argument"),
        [only] => format!("{only} arguments"),
        [first @ .., last] => format!("{} or {last} arguments", first.join(", ")),
    }
}
