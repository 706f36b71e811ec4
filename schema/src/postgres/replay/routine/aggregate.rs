//! CREATE AGGREGATE.

use crate::diagnostic::Code;
use crate::errors::postgres::{expressions, objects as object_errors, types as type_errors};
use crate::postgres::ast::{
    AggregateArguments, Define, Parameter, ParameterValue, QualifiedName, TypeName, TypeNameKind,
};
use crate::postgres::catalog::{Address, Class, Dependency, RoutineDetails};
use crate::postgres::replay::Replay;
use crate::postgres::replay::options::text_of_value;
use crate::postgres::types::{
    AggregateKind, Function, FunctionKind, Name, Objects as _, Oid, Parameter as Argument,
    ParameterMode, TypeKind, Typing, ValueType, Volatility, is_polymorphic, well_known,
};
use crate::text::Span;

/// The options that are words, and which these are (`extractModify`).
const WORDS: [(&str, &[&str]); 3] = [
    ("parallel", &["safe", "restricted", "unsafe"]),
    ("finalfunc_modify", MODIFY),
    ("mfinalfunc_modify", MODIFY),
];
const MODIFY: &[&str] = &["read_only", "shareable", "read_write"];

impl Replay {
    pub(in crate::postgres::replay) fn create_aggregate(
        &mut self,
        define: &Define,
        name: &QualifiedName,
        arguments: Option<&AggregateArguments>,
    ) {
        let options = &define.options;
        let Some(namespace) = self.schema_of_new(name) else {
            return;
        };
        let Some((parameters, direct)) = self.aggregate_arguments(define, name, arguments) else {
            return;
        };
        let inputs: Vec<Oid> = parameters.iter().map(|it| it.value).collect();
        let find = |wanted: &[&str]| options.iter().find(|it| wanted.contains(&&*it.name.name));
        let Some(state_option) = find(&["stype", "stype1"]) else {
            return self.report(type_errors::option_missing("aggregate", "stype", name.span));
        };
        let Some(transition_option) = find(&["sfunc", "sfunc1"]) else {
            return self.report(type_errors::option_missing("aggregate", "sfunc", name.span));
        };
        let Some(state) = self.type_of_option(state_option) else {
            return;
        };
        for (option, words) in WORDS {
            if let Some(option) = find(&[option]) {
                self.check_word(option, words);
            }
        }
        let ordered = direct.is_some();
        let mut given: Vec<Oid> = vec![state];
        let aggregated = match direct {
            Some(direct) => inputs.get(direct..).unwrap_or_default(),
            None => &inputs,
        };
        given.extend(aggregated);
        let Some(transition) = self.transition(transition_option, &given) else {
            return;
        };
        let initial = find(&["initcond", "initcond1"]);
        if !self.check_initial(initial, state)
            || (initial.is_none() && !self.can_begin(transition.0, state, aggregated, name.span))
        {
            return;
        }
        if let Some(option) = find(&["mstype"])
            && let Some(state) = self.type_of_option(option)
        {
            let mut given = vec![state];
            given.extend(aggregated);
            for option in ["msfunc", "minvfunc"] {
                if let Some(option) = find(&[option]) {
                    self.transition(option, &given);
                }
            }
            self.check_initial(find(&["minitcond"]), state);
        }
        let result = match find(&["finalfunc"]) {
            None => state,
            Some(option) => {
                let extra = find(&["finalfunc_extra"]).is_some();
                let mut given = vec![state];
                given.extend(inputs.get(..direct.unwrap_or(0)).unwrap_or_default());
                if extra {
                    given.extend(aggregated);
                }
                match self.support_function(option, &given) {
                    Some((_, result)) => result,
                    None => return,
                }
            }
        };
        let hypothetical = find(&["hypothetical"]).is_some();
        let direct = u16::try_from(direct.unwrap_or(0)).unwrap_or(u16::MAX);
        let kind = match (ordered, hypothetical) {
            (false, _) => AggregateKind::Normal,
            (true, false) => AggregateKind::OrderedSet { direct },
            (true, true) => AggregateKind::Hypothetical { direct },
        };
        let variadic = parameters
            .iter()
            .find(|it| it.mode == ParameterMode::Variadic)
            .and_then(|it| self.catalog.type_of(it.value)?.element);
        let has_names = parameters
            .iter()
            .any(|it| !it.name.is_empty() || it.mode != ParameterMode::In);
        let function = Function {
            oid: Oid(0),
            namespace,
            name: Name::Owned(name.name.name.to_string()),
            kind: FunctionKind::Aggregate(kind),
            inputs: inputs.into(),
            parameters: match has_names {
                true => parameters.into(),
                false => Box::default(),
            },
            defaults: 0,
            variadic,
            result,
            returns_set: false,
            strict: false,
            volatility: Volatility::Immutable,
            language: self.language("internal").unwrap_or(Oid(12)),
        };
        let Some(replaced) = self.place_of_routine(&function, name, define.or_replace) else {
            return;
        };
        let oid = replaced.unwrap_or_else(|| self.catalog.next_oid());
        let details = RoutineDetails {
            transition: Some(transition.0),
            state: Some(state),
            ..RoutineDetails::default()
        };
        self.put_routine(Function { oid, ..function }, details, name.name.span);
        let this = Address::new(Class::Routine, oid);
        let transition = Address::new(Class::Routine, transition.0);
        self.catalog
            .dependencies
            .add(this, transition, Dependency::Normal);
    }

    /// Whether an option is one of some words; reports if not.
    fn check_word(&mut self, option: &Parameter, words: &[&str]) {
        let value = option.value.as_ref();
        let text = value.map_or_else(String::new, text_of_value);
        if !words.contains(&text.as_str()) {
            let message = format!("`{}` is one of {}", option.name.name, words.join(", "));
            self.report(type_errors::refused(message, option.span));
        }
    }

    /// A transition function, which gives the state anew (`AggregateCreate`).
    fn transition(&mut self, option: &Parameter, given: &[Oid]) -> Option<(Oid, Oid)> {
        let (oid, result) = self.support_function(option, given)?;
        let state = given.first().copied()?;
        let typing = Typing::new(&self.catalog);
        let declared = self.catalog.function(oid).map(|it| it.inputs.to_vec());
        let found = match typing.polymorphic_types(given, &declared.unwrap_or_default(), result) {
            Ok((_, found)) if !is_polymorphic(state) => found,
            Ok(_) | Err(_) => return Some((oid, result)),
        };
        if found != state {
            let (found, state) = (typing.name(found), typing.name(state));
            self.report(type_errors::other_state(&found, &state, option.span));
            return None;
        }
        Some((oid, result))
    }

    /// Whether a state can begin as a text says; reports if not. That of a pseudo-type is read when the aggregate is used.
    fn check_initial(&mut self, option: Option<&Parameter>, state: Oid) -> bool {
        let kind = self.catalog.type_by_oid(state).map(|it| it.kind);
        let Some((option, value)) = option.and_then(|it| Some((it, it.value.as_ref()?))) else {
            return true;
        };
        if kind == Some(TypeKind::Pseudo) {
            return true;
        }
        let version = self.catalog.version;
        let text = text_of_value(value);
        let read = Typing::new(&self.catalog).input(ValueType::plain(state), &text, version);
        if let Err(mistake) = &read {
            let detail = mistake.detail.as_deref();
            self.report(expressions::invalid_literal(
                option.span,
                &mistake.message,
                detail,
            ));
        }
        read.is_ok()
    }

    /// Whether a state that is given no value to begin with can begin as the first argument, where the function is not
    /// called for NULL; reports if not.
    fn can_begin(&mut self, function: Oid, state: Oid, arguments: &[Oid], span: Span) -> bool {
        let is_strict = self.catalog.function(function).is_some_and(|it| it.strict);
        let typing = Typing::new(&self.catalog);
        let first = arguments.first();
        let fits = first.is_some_and(|first| typing.is_binary_coercible(*first, state));
        if is_strict && !fits {
            self.report(type_errors::no_first_state(span));
        }
        !is_strict || fits
    }

    /// The arguments, and how many of them are direct ones if it is an ordered-set aggregate.
    fn aggregate_arguments(
        &mut self,
        define: &Define,
        name: &QualifiedName,
        arguments: Option<&AggregateArguments>,
    ) -> Option<(Vec<Argument>, Option<usize>)> {
        if let Some(arguments) = arguments {
            let mut found = Vec::new();
            for argument in &arguments.arguments {
                let typed = self.type_named(&argument.type_name)?;
                let name = argument.name.as_ref().map_or("", |it| &it.name);
                found.push(Argument {
                    mode: match argument.mode {
                        Some(crate::postgres::ast::ArgumentMode::Variadic) => {
                            ParameterMode::Variadic
                        }
                        _ => ParameterMode::In,
                    },
                    name: Name::Owned(name.to_owned()),
                    value: typed.oid,
                });
            }
            return Some((found, arguments.direct));
        }
        let Some(base) = define
            .options
            .iter()
            .find(|it| &*it.name.name == "basetype")
        else {
            self.report(type_errors::option_missing(
                "aggregate",
                "basetype",
                name.span,
            ));
            return None;
        };
        let is_any = matches!(&base.value, Some(ParameterValue::Constant(crate::postgres::ast::Constant::String(text), _)) if text.eq_ignore_ascii_case("any"));
        if is_any {
            return Some((Vec::new(), None));
        }
        let typed = self.type_of_option(base)?;
        let argument = Argument {
            mode: ParameterMode::In,
            name: Name::Borrowed(""),
            value: typed,
        };
        Some((vec![argument], None))
    }

    /// The type that an option names.
    pub(in crate::postgres::replay) fn type_of_option(
        &mut self,
        option: &Parameter,
    ) -> Option<Oid> {
        match &option.value {
            Some(ParameterValue::Type(name)) => self.type_named(name).map(|it| it.oid),
            _ => {
                let message = format!("`{}` wants a type", option.name.name);
                self.report(type_errors::refused(message, option.span));
                None
            }
        }
    }

    /// The name that an option gives.
    pub(in crate::postgres::replay) fn name_of_option(option: &Parameter) -> Option<QualifiedName> {
        match &option.value {
            Some(ParameterValue::Type(name)) => match &**name {
                TypeName {
                    kind: TypeNameKind::Named { name, .. },
                    ..
                } => Some(name.clone()),
                _ => None,
            },
            Some(ParameterValue::Keyword(word)) => Some(QualifiedName::bare(word.clone())),
            _ => None,
        }
    }

    /// A function that an option names, for arguments of some types, and what it returns.
    fn support_function(&mut self, option: &Parameter, given: &[Oid]) -> Option<(Oid, Oid)> {
        let name = Replay::name_of_option(option)?;
        let typing = Typing::new(&self.catalog);
        let found = self.routine_of(&name, |it| {
            it.inputs.len() == given.len()
                && it.inputs.iter().zip(given).all(|(wanted, given)| {
                    wanted == given
                        || crate::postgres::types::is_polymorphic(*wanted)
                        || *wanted == well_known::ANY
                        || typing.is_binary_coercible(*given, *wanted)
                })
        });
        let found = found.map(|it| (it.oid, it.result));
        if found.is_none() {
            self.missing_support(&name, given, option.span);
        }
        found
    }

    /// A function that a definition names and that is not there.
    pub(in crate::postgres::replay) fn missing_support(
        &mut self,
        name: &QualifiedName,
        given: &[Oid],
        span: Span,
    ) {
        let types: Vec<String> = given.iter().map(|it| self.catalog.type_text(*it)).collect();
        let text = format!(
            "{}({})",
            crate::postgres::replay::find::text_of(name),
            types.join(", ")
        );
        let it = object_errors::Missing {
            code: Code::UnknownFunction,
            noun: "function",
            name: &text,
            place: None,
            span,
        };
        let diagnostic = object_errors::missing(it, None, None);
        self.report(diagnostic);
    }
}
