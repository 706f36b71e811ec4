//! CREATE FUNCTION and CREATE PROCEDURE (`CreateFunction`, `ProcedureCreate`).

use super::find::{all_types, noun_of};
use super::options::Options;
use super::signature::{Returned, Signature};
use crate::catalog::{ChangeKind, Provenance};
use crate::diagnostic::Code;
use crate::errors::postgres::{objects as object_errors, routines as errors};
use crate::postgres::ast::{CreateRoutine, GlobalWord, Ident, QualifiedName, Returns};
use crate::postgres::catalog::{
    Address, BodyText, Catalog, Class, Dependency, Made, Routine, RoutineBody, RoutineDetails,
};
use crate::postgres::replay::Replay;
use crate::postgres::replay::settings::KeptSetting;
use crate::postgres::replay::store::note_change;
use crate::postgres::types::{
    self, Function, FunctionKind, Name, Oid, ParameterMode, TypeKind, ValueType, Volatility,
    well_known,
};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Replay {
    pub(in crate::postgres::replay) fn create_routine(&mut self, create: &CreateRoutine) {
        let procedure = create.procedure;
        let options = self.routine_options(&create.options, procedure);
        let Some((language, language_name)) = self.language_of(create, &options) else {
            return;
        };
        let table = match &create.returns {
            Some(Returns::Table(columns, _)) => columns.as_slice(),
            Some(Returns::Type(_)) | None => &[],
        };
        let signature = self.signature(&create.arguments, table, procedure, &language_name);
        let name = create.name.name.span;
        let returned = self.returned(
            create.returns.as_ref(),
            &signature,
            procedure,
            &language_name,
            name,
        );
        self.check_options(&options, returned, create);
        let Some(returned) = returned.filter(|_| !signature.incomplete) else {
            return self.check_namespace(&create.name);
        };
        let sound = self.check_types_of_language(&signature, returned, &language_name, create);
        let Some(namespace) = self.schema_of_new(&create.name) else {
            return;
        };
        let kind = match (procedure, options.window) {
            (true, _) => FunctionKind::Procedure,
            (false, true) => FunctionKind::Window,
            (false, false) => FunctionKind::Function,
        };
        let has_names = signature
            .parameters
            .iter()
            .any(|it| !it.name.is_empty() || it.mode != ParameterMode::In);
        let function = Function {
            oid: Oid(0),
            namespace,
            name: Name::Owned(create.name.name.name.to_string()),
            kind,
            inputs: signature.inputs.clone().into(),
            parameters: match has_names {
                true => signature.parameters.clone().into(),
                false => Box::default(),
            },
            defaults: u16::try_from(signature.defaults.len()).unwrap_or(u16::MAX),
            variadic: signature.variadic,
            result: returned.oid,
            returns_set: returned.set,
            strict: options.strict.unwrap_or(false),
            volatility: options.volatility.unwrap_or(Volatility::Volatile),
            language,
        };
        let Some(replaced) = self.place_of_routine(&function, &create.name, create.or_replace)
        else {
            return;
        };
        let body = match sound {
            true => self.routine_body(
                create,
                &options,
                &signature,
                returned,
                &function,
                &language_name,
            ),
            // It is there, whatever it is worth.
            false => None,
        };
        let oid = replaced.unwrap_or_else(|| self.catalog.next_oid());
        let details = RoutineDetails {
            defaults: signature.defaults,
            body: body.map(Arc::new),
            security_definer: options.security_definer.unwrap_or(false),
            leakproof: options.leakproof.unwrap_or(false),
            settings: KeptSetting::all(options.settings),
            transition: None,
            state: None,
        };
        self.put_routine(Function { oid, ..function }, details, create.name.name.span);
    }

    fn check_namespace(&mut self, name: &QualifiedName) {
        self.schema_of_new(name);
    }

    /// The language of a routine: that of RETURN and BEGIN ATOMIC is SQL.
    fn language_of(
        &mut self,
        create: &CreateRoutine,
        options: &Options<'_>,
    ) -> Option<(Oid, Arc<str>)> {
        let Some((name, span)) = &options.language else {
            if create.body.is_some() {
                return Some((self.language("sql")?, "sql".into()));
            }
            let message = "the function does not say in which language it is written";
            let help = "write LANGUAGE plpgsql or LANGUAGE sql";
            self.report(errors::refused(message, create.name.name.span).with_help(help));
            return None;
        };
        let ident = Ident {
            name: Arc::clone(name),
            quoted: false,
            span: *span,
        };
        let found = self.search_global(GlobalWord::Language, &ident);
        self.settle(found).map(|it| (it.oid, Arc::clone(name)))
    }

    /// Options that need more than themselves.
    fn check_options(
        &mut self,
        options: &Options<'_>,
        returned: Option<Returned>,
        create: &CreateRoutine,
    ) {
        if let (Some(rows), Some(Returned { set: false, .. })) = (options.rows, returned) {
            let message = "ROWS is for functions that return a set";
            self.report(errors::refused(message, rows));
        }
        if let Some(support) = options.support {
            self.check_support(support);
        }
        if let Some((transforms, span)) = options.transform {
            for type_name in transforms {
                let Some(typed) = self.type_named(type_name) else {
                    continue;
                };
                let language = options.language.as_ref().map_or("sql", |(name, _)| name);
                let language = self.language(language).unwrap_or(Oid(0));
                let all = self
                    .catalog
                    .plain
                    .all_named(Some(typed.oid), &language.to_string());
                if !all.iter().any(|it| it.class == Class::Transform) {
                    let of = self.catalog.type_text(typed.oid);
                    let message = format!("there is no transform for `{of}` in this language");
                    self.report(errors::refused(message, span));
                }
            }
        }
        match (&create.body, options.text) {
            (Some(_), Some(_)) => {
                let message = "the routine has two bodies";
                self.report(errors::refused(message, create.name.name.span));
            }
            (None, None) => {
                let message = "the routine has no body";
                let help = "write AS $$ … $$";
                self.report(errors::refused(message, create.name.name.span).with_help(help));
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
    }

    pub(super) fn check_support(&mut self, support: &QualifiedName) {
        let found = self.routine_of(support, |it| *it.inputs == [well_known::INTERNAL]);
        if found.is_none() {
            let name = crate::postgres::replay::find::text_of(support);
            let text = format!("{name}(internal)");
            let it = object_errors::Missing {
                code: Code::UnknownFunction,
                noun: "function",
                name: &text,
                place: None,
                span: support.span,
            };
            self.report(object_errors::missing(it, None, None));
        }
    }

    /// Types that a language does not take.
    fn check_types_of_language(
        &mut self,
        signature: &Signature,
        returned: Returned,
        language: &str,
        create: &CreateRoutine,
    ) -> bool {
        let before = self.diagnostics.len();
        let is_pseudo = |replay: &Replay, oid: Oid| {
            let found = replay.catalog.type_of(oid);
            found.is_some_and(|it| it.kind == TypeKind::Pseudo) && !types::is_polymorphic(oid)
        };
        let span = create.name.name.span;
        let result = returned.oid;
        let allowed: &[Oid] = match language {
            "sql" => &[well_known::VOID, well_known::RECORD],
            "plpgsql" => &[
                well_known::VOID,
                well_known::RECORD,
                well_known::TRIGGER,
                well_known::EVENT_TRIGGER,
            ],
            _ => return self.check_unsafe(signature, result, span),
        };
        if is_pseudo(self, result) && !allowed.contains(&result) {
            let of = self.catalog.type_text(result);
            let message = format!("a function in {language} cannot return `{of}`");
            self.report(errors::refused(message, span));
        }
        for (parameter, span) in signature.parameters.iter().zip(&signature.places) {
            let is_record = parameter.value == well_known::RECORD
                && (language == "plpgsql" || !parameter.mode.is_input());
            if is_pseudo(self, parameter.value) && !is_record {
                let of = self.catalog.type_text(parameter.value);
                let message = format!("a function in {language} cannot take `{of}`");
                self.report(errors::refused(message, *span));
            }
        }
        if language == "plpgsql" {
            self.check_variables_of_parameters(signature);
        }
        let is_trigger = matches!(result, well_known::TRIGGER | well_known::EVENT_TRIGGER);
        if is_trigger && !signature.inputs.is_empty() {
            let message = "a trigger function takes no arguments";
            let help = "it finds those of CREATE TRIGGER in TG_ARGV";
            self.report(errors::refused(message, span).with_help(help));
        }
        self.check_unsafe(signature, result, span);
        self.diagnostics.len() == before
    }

    /// In PL/pgSQL what goes in and what goes out are variables of one block, so that their names must differ, too
    /// (`add_parameter_name`).
    fn check_variables_of_parameters(&mut self, signature: &Signature) {
        let mut names = BTreeSet::new();
        for (parameter, span) in signature.parameters.iter().zip(&signature.places) {
            if !parameter.name.is_empty() && !names.insert(&parameter.name) {
                self.report(errors::parameter_twice(&parameter.name, *span));
            }
        }
    }

    /// A result whose type the arguments must tell.
    fn check_unsafe(&mut self, signature: &Signature, result: Oid, span: Span) -> bool {
        let takes = |wanted: &[Oid]| signature.inputs.iter().any(|it| wanted.contains(it));
        let message = if result == well_known::INTERNAL && !takes(&[well_known::INTERNAL]) {
            "a function that returns `internal` must take one as well"
        } else if types::is_polymorphic(result)
            && !signature.inputs.iter().any(|it| types::is_polymorphic(*it))
        {
            "what the function returns does not follow from its arguments"
        } else {
            return true;
        };
        self.report(errors::refused(message, span));
        false
    }

    /// Whether a routine can be made, and which one it replaces; nothing if a mistake was reported.
    #[expect(
        clippy::option_option,
        reason = "no mistake, and perhaps nothing to replace"
    )]
    pub(super) fn place_of_routine(
        &mut self,
        new: &Function,
        name: &QualifiedName,
        or_replace: bool,
    ) -> Option<Option<Oid>> {
        let all = types::Objects::functions_named(&self.catalog, &new.name);
        let mut all = all.into_iter();
        let found = all.find(|it| it.namespace == new.namespace && it.inputs == new.inputs);
        let Some(old) = found.cloned() else {
            return Some(None);
        };
        let address = Address::new(Class::Routine, old.oid);
        let declared = self.declared(address);
        let span = name.span;
        if !or_replace {
            self.report(errors::exists(&new.name, span, declared));
            return None;
        }
        if let Some(message) = self.why_not_replaced(&old, new) {
            let drop = format!(
                "{} {}",
                noun_of(old.kind)
                    .to_ascii_uppercase()
                    .replace(" FUNCTION", ""),
                self.catalog.signature_text(old.oid)
            );
            self.report(errors::cannot_replace(&message, span, declared, &drop));
            return None;
        }
        Some(Some(old.oid))
    }

    /// What OR REPLACE would change that calls rely on.
    fn why_not_replaced(&self, old: &Function, new: &Function) -> Option<String> {
        let text = |oid: Oid| self.catalog.type_text(oid);
        let same_kind = std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind);
        if !same_kind {
            return Some(format!(
                "`{}` is {} so far",
                old.name,
                object_errors::with_article(noun_of(old.kind))
            ));
        }
        if old.result != new.result || old.returns_set != new.returns_set {
            if old.kind == FunctionKind::Procedure {
                return Some(format!(
                    "procedure `{}` cannot change its outputs",
                    old.name
                ));
            }
            let set = |function: &Function| if function.returns_set { "SETOF " } else { "" };
            return Some(format!(
                "function `{}` cannot change what it returns from `{}{}` to `{}{}`",
                old.name,
                set(old),
                text(old.result),
                set(new),
                text(new.result)
            ));
        }
        if old.result == well_known::RECORD && !outputs_are_alike(old, new) {
            return Some(format!(
                "function `{}` cannot change its OUT arguments",
                old.name
            ));
        }
        let new_names = input_names(new);
        let mut names = input_names(old).into_iter().enumerate();
        let renamed = names.find(|(position, old)| {
            let new = new_names.get(*position).copied().unwrap_or_default();
            !old.is_empty() && *old != new
        });
        if let Some((_, before)) = renamed {
            return Some(format!(
                "function `{}` cannot rename its argument `{before}`",
                old.name
            ));
        }
        if new.defaults < old.defaults {
            return Some(format!(
                "function `{}` cannot lose a default of its arguments",
                old.name
            ));
        }
        None
    }

    /// Puts a routine into the catalog with what it depends on; one that it replaces keeps its number.
    pub(super) fn put_routine(&mut self, function: Function, details: RoutineDetails, span: Span) {
        let oid = function.oid;
        let this = Address::new(Class::Routine, oid);
        let before = self
            .catalog
            .routines
            .get(oid)
            .map(|it| (it.owner, it.provenance.clone()));
        let edges: Vec<_> = self.catalog.dependencies.of(this).collect();
        for (dependent, referenced, kind) in edges {
            if kind == Dependency::Normal {
                self.catalog
                    .dependencies
                    .remove(dependent, referenced, kind);
            }
        }
        self.put_in_schema(this, function.namespace);
        let outputs = all_types(&function);
        self.depend_on_types(this, &function.inputs, function.result);
        self.depend_on_types(this, &outputs, function.result);
        let language = Address::new(Class::Language, function.language);
        self.catalog
            .dependencies
            .add(this, language, Dependency::Normal);
        // The language of an extension that every database has is part of the engine here.
        if self.language("plpgsql") == Some(function.language)
            && let Some(extension) = self.catalog.extensions.named(None, "plpgsql")
        {
            let extension = Address::new(Class::Extension, extension.oid);
            self.catalog
                .dependencies
                .add(this, extension, Dependency::Normal);
        }
        for default in details.defaults.iter().flatten() {
            for referenced in self.catalog.references_of(default, &[]) {
                self.catalog
                    .dependencies
                    .add(this, referenced, Dependency::Normal);
            }
        }
        if let Some(RoutineBody::Parsed(queries)) = details.body.as_deref() {
            for query in queries {
                self.catalog.depend_on_query(this, query, &[]);
            }
        }
        let (owner, provenance) = match before {
            Some((owner, mut provenance)) => {
                note_change(&mut provenance, span, ChangeKind::Rewritten);
                (owner, provenance)
            }
            None => (Some(Catalog::OWNER), Some(Provenance::new(span))),
        };
        let routine: Routine = Made {
            object: function,
            more: details,
            owner,
            provenance,
        };
        self.catalog.routines.put(routine);
    }

    /// Checks the body of a routine.
    fn routine_body(
        &mut self,
        create: &CreateRoutine,
        options: &Options<'_>,
        signature: &Signature,
        returned: Returned,
        function: &Function,
        language: &str,
    ) -> Option<RoutineBody> {
        if let Some(body) = &create.body {
            if language != "sql" {
                let message = "only a function in SQL can have a body without quotes";
                self.report(errors::refused(message, create.span));
                return None;
            }
            if signature.inputs.iter().any(|it| types::is_polymorphic(*it)) {
                let message = "a body without quotes needs arguments of one type each";
                self.report(errors::refused(message, create.span));
                return None;
            }
            return self.parsed_body(create, body, signature, returned);
        }
        let (text, symbol) = options.text?;
        let mistakes = self.diagnostics.len();
        match (language, symbol) {
            // Of what the server can load only its own libraries are known.
            ("c", _) if !text.text.starts_with("$libdir/") => {
                let message = "a migration cannot rely on a library that is not the server's own";
                self.report(errors::refused(message, text.span));
            }
            ("c", _) => {}
            (_, Some(symbol)) => {
                let message = format!("a function in {language} has one text only");
                self.report(errors::refused(message, symbol.span));
            }
            ("internal", None) => {
                let name = &*text.text;
                if self.catalog.builtin().functions().named(name).is_empty() {
                    self.report(errors::unknown_internal(name, text.span));
                }
            }
            (_, None) => {}
        }
        let body = BodyText {
            text: (*text.text).into(),
            literal: text.span,
            verbatim: text.verbatim,
        };
        if self.session.check_bodies {
            match language {
                "sql" => self.check_sql(create, &body, signature, returned),
                "plpgsql" => self.check_plpgsql(function, &body),
                _ => {}
            }
        }
        // What a mistake has left of it is not known.
        (self.diagnostics.len() == mistakes).then_some(RoutineBody::Text(body))
    }

    /// Announces a type that a function in C returns before it is there.
    pub(super) fn announce_type(&mut self, name: &QualifiedName) -> Option<ValueType> {
        let namespace = self.schema_of_new(name)?;
        let oid = self.make_shell(namespace, &name.name);
        Some(ValueType::plain(oid))
    }
}

/// The names of the arguments that a call gives.
fn input_names(function: &Function) -> Vec<&str> {
    let inputs = function.parameters.iter();
    inputs
        .filter(|it| it.mode.is_input())
        .map(|it| &*it.name)
        .collect()
}

/// Whether two functions return rows of the same columns.
fn outputs_are_alike(one: &Function, other: &Function) -> bool {
    let outputs = |function: &Function| -> Vec<(String, Oid)> {
        let outputs = function.parameters.iter().filter(|it| {
            matches!(
                it.mode,
                ParameterMode::Out | ParameterMode::InOut | ParameterMode::Table
            )
        });
        outputs.map(|it| (it.name.to_string(), it.value)).collect()
    };
    outputs(one) == outputs(other)
}
