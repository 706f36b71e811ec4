//! Which function a call means (`FuncnameGetCandidates`, `func_get_detail`).

use super::candidate::Candidate;
use super::{
    CastContext, Function, FunctionKind, Oid, ParameterMode, Pathway, TypeKind, Typing, well_known,
};

/// A call, as far as its function is looked for by it.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The schema, where one is written.
    pub schema: Option<&'a str>,
    /// The name.
    pub name: &'a str,
    /// The types of the arguments, in the order in which they are written.
    pub inputs: &'a [Oid],
    /// The names of the last ones.
    pub names: &'a [&'a str],
    /// Whether several last arguments may be gathered for a VARIADIC parameter: not where VARIADIC is written.
    pub expand_variadic: bool,
    /// Whether parameters with defaults may be left out.
    pub expand_defaults: bool,
    /// Whether this is CALL, where output arguments of procedures are written as well.
    pub include_outputs: bool,
    /// Whether the only argument is a literal whose type is not known.
    pub is_literal: bool,
}

/// What a call means.
#[derive(Debug, Clone)]
pub enum Callee<'a> {
    /// A function, procedure, aggregate or window function.
    Function(Found<'a>),
    /// `text(x)`: a conversion to the type that is called like the function.
    Conversion(Oid),
}

/// The function of a call.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// The function.
    pub function: &'a Function,
    /// The types that the arguments are declared with, in the order of the call; those of parameters that are left out follow.
    /// A VARIADIC parameter that gathers is repeated as its element.
    pub declared: Vec<Oid>,
    /// For each argument of the call, which input it is for; empty where they are in order.
    pub positions: Vec<usize>,
    /// How many arguments are gathered for the VARIADIC parameter; 0 where none are.
    pub gathered: usize,
    /// How many parameters are left to their defaults.
    pub defaults: usize,
}

/// Why no function was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallMistake {
    /// None is of these types; these functions of the name there are on the path, any number of arguments.
    NotFound(Vec<Oid>),
    /// More than one is as close: these.
    Ambiguous(Vec<Oid>),
}

#[derive(Debug, Clone)]
struct FunctionCandidate<'a> {
    found: Found<'a>,
    place: usize,
    /// Another of the same types is as good.
    ambiguous: Vec<Oid>,
}

impl Candidate for FunctionCandidate<'_> {
    fn arguments(&self) -> &[Oid] {
        &self.found.declared
    }
}

impl<'a> Typing<'a> {
    /// The function that a call means.
    ///
    /// # Errors
    ///
    /// Says whether there is none, or more than one.
    pub fn find_function(self, call: &Call<'_>) -> Result<Callee<'a>, CallMistake> {
        let all = self.objects.functions_named(call.name);
        let candidates = self.candidates(call, &all);
        let exact = |candidate: &&FunctionCandidate| {
            candidate.found.declared.get(..call.inputs.len()) == Some(call.inputs)
        };
        if let Some(found) = candidates.iter().find(exact) {
            return finish(found.clone());
        }
        if let Some(target) = self.as_conversion(call) {
            return Ok(Callee::Conversion(target));
        }
        let matching = self.matching(call.inputs, candidates);
        match matching.len() {
            0 => {
                let path = self.search_places(call.schema);
                let reachable = all
                    .iter()
                    .filter(|function| path.contains(&function.namespace));
                Err(CallMistake::NotFound(
                    reachable.map(|function| function.oid).collect(),
                ))
            }
            1 => match matching.into_iter().next() {
                Some(found) => finish(found),
                None => Err(CallMistake::NotFound(Vec::new())),
            },
            _ => match self.select(call.inputs, matching) {
                Ok(found) => finish(found),
                Err(left) => {
                    let oids = left.iter().map(|candidate| candidate.found.function.oid);
                    Err(CallMistake::Ambiguous(oids.collect()))
                }
            },
        }
    }

    /// The functions of the name that take as many arguments as the call has.
    fn candidates(self, call: &Call<'_>, all: &[&'a Function]) -> Vec<FunctionCandidate<'a>> {
        let path = self.search_places(call.schema);
        let mut candidates: Vec<FunctionCandidate> = Vec::new();
        for &function in all {
            let Some(place) = path
                .iter()
                .position(|namespace| *namespace == function.namespace)
            else {
                continue;
            };
            let Some(found) = found(call, function) else {
                continue;
            };
            let mut new = FunctionCandidate {
                found,
                place,
                ambiguous: Vec::new(),
            };
            let same = candidates
                .iter()
                .position(|earlier| earlier.compared() == new.compared());
            let Some(position) = same else {
                candidates.push(new);
                continue;
            };
            let Some(earlier) = candidates.get_mut(position) else {
                continue;
            };
            // The earlier schema of the path wins, then the one that gathers nothing; else it is not decided.
            let rank = |it: &FunctionCandidate| (it.place, it.found.gathered > 0);
            match rank(&new).cmp(&rank(earlier)) {
                std::cmp::Ordering::Less => *earlier = new,
                std::cmp::Ordering::Greater => {}
                std::cmp::Ordering::Equal => {
                    new.ambiguous.push(new.found.function.oid);
                    earlier.ambiguous.append(&mut new.ambiguous);
                }
            }
        }
        candidates
    }

    /// `type(x)` where that is a conversion that costs nothing, or by way of text.
    fn as_conversion(self, call: &Call<'_>) -> Option<Oid> {
        let ([source], []) = (call.inputs, call.names) else {
            return None;
        };
        let target = self.named(call.schema, call.name)?;
        if matches!(target.kind, TypeKind::Composite { .. } | TypeKind::Shell) {
            return None;
        }
        let converts = if *source == well_known::UNKNOWN && call.is_literal {
            true
        } else {
            match self.pathway(target.oid, *source, CastContext::Explicit) {
                Some(Pathway::Relabel) => true,
                Some(Pathway::Io) => {
                    let is_row =
                        *source == well_known::RECORD || self.row_relation(*source).is_some();
                    !(is_row && target.category == 'S')
                }
                Some(Pathway::Function(_) | Pathway::Array) | None => false,
            }
        };
        converts.then_some(target.oid)
    }
}

impl FunctionCandidate<'_> {
    /// The types by which two functions are the same for a call: those of its arguments.
    fn compared(&self) -> &[Oid] {
        let count = self
            .found
            .declared
            .len()
            .saturating_sub(self.found.defaults);
        self.found.declared.get(..count).unwrap_or_default()
    }
}

fn finish(candidate: FunctionCandidate<'_>) -> Result<Callee<'_>, CallMistake> {
    if candidate.ambiguous.is_empty() {
        return Ok(Callee::Function(candidate.found));
    }
    let mut oids = candidate.ambiguous;
    oids.insert(0, candidate.found.function.oid);
    Err(CallMistake::Ambiguous(oids))
}

/// How a function takes the arguments of a call, if it takes that many.
fn found<'a>(call: &Call<'_>, function: &'a Function) -> Option<Found<'a>> {
    let outputs = call.include_outputs && function.kind == FunctionKind::Procedure;
    let takes: Vec<Oid> = if outputs && !function.parameters.is_empty() {
        let taken = function
            .parameters
            .iter()
            .filter(|it| it.mode != ParameterMode::Table);
        taken.map(|parameter| parameter.value).collect()
    } else {
        function.inputs.to_vec()
    };
    let given = call.inputs.len();
    if !call.names.is_empty() {
        // The parameters of a gathered VARIADIC have no names.
        if function.variadic.is_some() && call.expand_variadic {
            return None;
        }
        let positions = by_name(call, function, takes.len())?;
        let declared = positions
            .iter()
            .map(|position| takes.get(*position).copied());
        return Some(Found {
            function,
            declared: declared.collect::<Option<_>>()?,
            defaults: positions.len() - given,
            positions,
            gathered: 0,
        });
    }
    let gathers = function
        .variadic
        .filter(|_| call.expand_variadic && takes.len() <= given);
    let defaults = takes.len().saturating_sub(given);
    if defaults > 0 && !(call.expand_defaults && defaults <= usize::from(function.defaults)) {
        return None;
    }
    if takes.len() < given && gathers.is_none() {
        return None;
    }
    let mut declared = takes;
    let mut gathered = 0;
    if let Some(element) = gathers {
        gathered = given + 1 - declared.len();
        declared.pop();
        declared.resize(given, element);
    }
    Some(Found {
        function,
        declared,
        positions: Vec::new(),
        gathered,
        defaults,
    })
}

/// Which input each argument is for, then those that are left to their defaults (`MatchNamedCall`).
fn by_name(call: &Call<'_>, function: &Function, inputs: usize) -> Option<Vec<usize>> {
    let given = call.inputs.len();
    if function.parameters.is_empty() || given > inputs {
        return None;
    }
    let positional = given.checked_sub(call.names.len())?;
    let is_input = |mode| match mode {
        ParameterMode::In | ParameterMode::InOut | ParameterMode::Variadic => true,
        ParameterMode::Out => call.include_outputs && function.kind == FunctionKind::Procedure,
        ParameterMode::Table => false,
    };
    let taken: Vec<&str> = function
        .parameters
        .iter()
        .filter(|parameter| is_input(parameter.mode))
        .map(|parameter| &*parameter.name)
        .collect();
    let mut positions: Vec<usize> = (0..positional).collect();
    for name in call.names {
        let position = taken.iter().position(|other| other == name)?;
        if positions.contains(&position) {
            return None;
        }
        positions.push(position);
    }
    let first_default = inputs.checked_sub(usize::from(function.defaults))?;
    for position in 0..inputs {
        if !positions.contains(&position) {
            // What is left out must have a default.
            if !call.expand_defaults || position < first_default {
                return None;
            }
            positions.push(position);
        }
    }
    Some(positions)
}
