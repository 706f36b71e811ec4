//! Routines by their name and the types of their arguments (`LookupFuncWithArgs`).

use crate::diagnostic::{Code, Diagnostic};
use crate::errors::postgres::{objects as errors, relations, routines as routine_errors};
use crate::postgres::ast::{ArgumentMode, QualifiedName, RoutineReference, RoutineWord};
use crate::postgres::catalog::{Address, Candidate, Class};
use crate::postgres::replay::Replay;
use crate::postgres::replay::find::{Search, text_of};
use crate::postgres::types::{self, Function, FunctionKind, Oid, ParameterMode};

impl RoutineWord {
    /// What messages call it.
    pub(in crate::postgres::replay) fn noun(self) -> &'static str {
        match self {
            RoutineWord::Function => "function",
            RoutineWord::Procedure => "procedure",
            RoutineWord::Routine => "routine",
            RoutineWord::Aggregate => "aggregate",
        }
    }

    /// Whether a routine that is found by its name alone is one of the word's.
    fn takes(self, kind: FunctionKind) -> bool {
        match self {
            RoutineWord::Function => kind != FunctionKind::Procedure,
            RoutineWord::Procedure => kind == FunctionKind::Procedure,
            RoutineWord::Aggregate => matches!(kind, FunctionKind::Aggregate(_)),
            RoutineWord::Routine => true,
        }
    }
}

/// What messages call a routine of a kind.
pub(in crate::postgres::replay) fn noun_of(kind: FunctionKind) -> &'static str {
    match kind {
        FunctionKind::Function => "function",
        FunctionKind::Procedure => "procedure",
        FunctionKind::Window => "window function",
        FunctionKind::Aggregate(_) => "aggregate function",
    }
}

impl Replay {
    /// Looks for a routine.
    pub(in crate::postgres::replay) fn search_routine(&self, routine: &RoutineReference) -> Search {
        if let Some(database) = &routine.name.catalog {
            return Search::failed(relations::other_database(database));
        }
        let Some(arguments) = &routine.arguments else {
            return self.search_by_name(routine);
        };
        let mut given = Vec::new();
        let mut all = Vec::new();
        let mut has_modes = false;
        for argument in arguments {
            let typed = match self.type_or_mistake(&argument.type_name) {
                Ok(Some(typed)) => typed.oid,
                Ok(None) => return Search::Unknown,
                Err(diagnostic) => return Search::Missing(diagnostic),
            };
            has_modes |= argument.mode.is_some();
            all.push(typed);
            if argument.mode != Some(ArgumentMode::Out) {
                given.push(typed);
            }
        }
        let by_inputs = self.routine_of(&routine.name, |it| *it.inputs == *given);
        let takes_outputs =
            matches!(routine.word, RoutineWord::Procedure | RoutineWord::Routine) && !has_modes;
        let found = match by_inputs {
            Some(found) => Some(found),
            // The standard names a procedure by all of its arguments.
            None if takes_outputs => self.routine_of(&routine.name, |it| {
                it.kind == FunctionKind::Procedure && all_types(it) == all
            }),
            None => None,
        };
        match found {
            Some(found) => self.as_routine(found, routine),
            None => Search::Missing(Box::new(self.missing_routine(routine, &given))),
        }
    }

    fn search_by_name(&self, routine: &RoutineReference) -> Search {
        let mut candidates = self.visible_routines(&routine.name);
        candidates.retain(|it| routine.word.takes(it.kind));
        match candidates.as_slice() {
            [] => Search::Missing(Box::new(self.missing_routine(routine, &[]))),
            [found] => Search::Found(Address::new(Class::Routine, found.oid)),
            [first, second, ..] => {
                let signatures = [first.oid, second.oid].map(|it| self.catalog.signature_text(it));
                let noun = routine.word.noun();
                let name = text_of(&routine.name);
                Search::Failed(Box::new(routine_errors::not_unique(
                    noun,
                    &name,
                    &signatures,
                    routine.span,
                )))
            }
        }
    }

    fn as_routine(&self, found: &Function, routine: &RoutineReference) -> Search {
        let is = match routine.word {
            RoutineWord::Function => found.kind != FunctionKind::Procedure,
            word => word.takes(found.kind),
        };
        let address = Address::new(Class::Routine, found.oid);
        if is {
            return Search::Found(address);
        }
        let name = self.catalog.signature_text(found.oid);
        Search::Failed(Box::new(errors::wrong_kind(
            &name,
            noun_of(found.kind),
            routine.word.noun(),
            routine.span,
            self.declared(address),
        )))
    }

    /// The first routine of a name that a test is true of, in the schema of the name or along the search path.
    pub(in crate::postgres::replay) fn routine_of(
        &self,
        name: &QualifiedName,
        is_it: impl Fn(&Function) -> bool,
    ) -> Option<&Function> {
        let all = types::Objects::functions_named(&self.catalog, &name.name.name);
        let inside = |namespace: Oid| {
            let mut all = all.iter().copied();
            all.find(|it| it.namespace == namespace && is_it(it))
        };
        self.along(name, inside)
    }

    /// The routines that a name can stand for: of several with the same arguments the first along the search path.
    pub(in crate::postgres::replay) fn visible_routines(
        &self,
        name: &QualifiedName,
    ) -> Vec<&Function> {
        let all = types::Objects::functions_named(&self.catalog, &name.name.name);
        let namespaces = match &name.schema {
            Some(schema) => self
                .catalog
                .namespace_named(&schema.name)
                .into_iter()
                .collect(),
            None => self.catalog.search_path().to_vec(),
        };
        let mut found: Vec<&Function> = Vec::new();
        for namespace in namespaces {
            for function in all.iter().copied().filter(|it| it.namespace == namespace) {
                if !found.iter().any(|it| it.inputs == function.inputs) {
                    found.push(function);
                }
            }
        }
        found
    }

    pub(in crate::postgres::replay) fn missing_routine(
        &self,
        routine: &RoutineReference,
        given: &[Oid],
    ) -> Diagnostic {
        if let Some(diagnostic) = self.missing_schema(&routine.name) {
            return diagnostic;
        }
        let name = text_of(&routine.name);
        let text = match routine.arguments {
            Some(_) => {
                let types = given.iter().map(|it| self.catalog.type_text(*it));
                let types: Vec<String> = types.collect();
                format!("{name}({})", types.join(", "))
            }
            None => name,
        };
        let others = self.visible_routines(&routine.name);
        let others: Vec<(String, _)> = others
            .iter()
            .map(|it| {
                let declared = self.declared(Address::new(Class::Routine, it.oid));
                (self.catalog.signature_text(it.oid), declared)
            })
            .collect();
        if !others.is_empty() {
            return routine_errors::other_arguments(
                routine.word.noun(),
                &text,
                &others,
                routine.span,
            );
        }
        let fate = self
            .catalog
            .fate(Class::Routine, &routine.name.name.name, |_| true);
        let others = self.catalog.routines.iter();
        let others = others.map(|it| Candidate::in_schema(&**it));
        let near = self.catalog.meant(&routine.name, others);
        let it = errors::Missing {
            code: Code::UnknownFunction,
            noun: routine.word.noun(),
            name: &text,
            place: None,
            span: routine.span,
        };
        errors::missing(it, fate, near)
    }
}

/// The types of all arguments of a routine, those that it only returns included.
pub(in crate::postgres::replay) fn all_types(function: &Function) -> Vec<Oid> {
    if function.parameters.is_empty() {
        return function.inputs.to_vec();
    }
    let parameters = function.parameters.iter();
    let parameters = parameters.filter(|it| it.mode != ParameterMode::Table);
    parameters.map(|it| it.value).collect()
}
