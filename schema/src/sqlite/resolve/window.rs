//! Windows.

use super::functions::{Called, FunctionKind};
use super::resolver::Resolver;
use super::scope::Scope;
use super::value::Value;
use crate::diagnostic::{Diagnostic, nearest};
use crate::errors::sqlite::names;
use crate::errors::sqlite::queries as errors;
use crate::sqlite::ast::{
    FrameBound, FrameUnits, FunctionCall, NamedWindow, OrderTerm, Over, WindowSpecification,
};
use crate::text::Ident;

impl Resolver<'_> {
    /// Resolves the window of a call with OVER, and its FILTER.
    pub(super) fn window(
        &mut self,
        call: &FunctionCall,
        over: &Over,
        called: Called,
        scope: &Scope<'_>,
    ) {
        let chain = match over {
            Over::Named(name) => match self.find_window(name, scope.windows) {
                Some(position) => chain_of_named(position, scope.windows),
                None => Vec::new(),
            },
            Over::Window(window) => {
                self.check_base(window, scope.windows);
                chain(window, scope.windows)
            }
        };
        for window in &chain {
            self.window_terms(window, scope);
        }
        self.check_range(&chain);
        if call.filter.is_some() {
            let window_only = match called {
                Called::Builtin(function) => function.kind == FunctionKind::Window,
                Called::Registered | Called::WrongCount | Called::Unknown => false,
            };
            if window_only {
                self.report(errors::filter_on_window_function(
                    call.name.span,
                    &call.name.name,
                ));
            }
        }
    }

    /// Resolves what a window that may not stand here says itself. The windows that it names are left alone: they may
    /// well be the ones that it stands in.
    pub(super) fn misplaced_window(&mut self, over: &Over, scope: &Scope<'_>) {
        match over {
            Over::Named(_) => {}
            Over::Window(window) => self.window_terms(window, scope),
        }
    }

    /// Resolves the WINDOW clause for its references: the engine looks at the names in a window where it is used.
    pub(super) fn window_clause(&mut self, windows: &[NamedWindow], scope: &Scope<'_>) {
        self.tables_only(|resolver| {
            for named in windows {
                resolver.window_terms(&named.window, scope);
            }
        });
    }

    fn window_terms(&mut self, window: &WindowSpecification, scope: &Scope<'_>) {
        for term in &window.partition_by {
            let value = self.scalar(term, scope);
            self.need_collation(&value);
        }
        for value in self.terms(&window.order_by, scope) {
            self.need_collation(&value);
        }
    }

    /// Resolves the terms of ORDER BY where positions and aliases have no meaning.
    pub(super) fn terms(&mut self, terms: &[OrderTerm], scope: &Scope<'_>) -> Vec<Value> {
        terms
            .iter()
            .map(|term| self.scalar(&term.value, scope))
            .collect()
    }

    /// The position of a window, or the mistake that there is none of that name.
    fn find_window(&mut self, name: &Ident, windows: &[NamedWindow]) -> Option<usize> {
        let found = find(name, windows);
        if found.is_none() {
            self.report(unknown_window(name, windows));
        }
        found
    }

    fn check_base(&mut self, window: &WindowSpecification, windows: &[NamedWindow]) {
        let Some(base) = &window.base else { return };
        if let Some(position) = self.find_window(base, windows)
            && let Some(mistake) = override_mistake(window, base, position, windows)
        {
            self.report(mistake);
        }
    }

    /// Checks that a frame which counts by value has one value to count by.
    fn check_range(&mut self, chain: &[&WindowSpecification]) {
        let Some(frame) = chain.first().and_then(|window| window.frame.as_ref()) else {
            return;
        };
        let offset = |bound: &FrameBound| {
            matches!(bound, FrameBound::Preceding(_) | FrameBound::Following(_))
        };
        let offsets = offset(&frame.start) || frame.end.as_ref().is_some_and(offset);
        let terms: usize = chain.iter().map(|window| window.order_by.len()).sum();
        if frame.units == FrameUnits::Range && offsets && terms != 1 {
            self.report(errors::range_needs_order(frame.span));
        }
    }
}

/// The position of a window by the text of its name: the engine does not take the quotes off. The last one wins.
fn find(name: &Ident, windows: &[NamedWindow]) -> Option<usize> {
    windows.iter().rposition(|named| {
        named.name.quote == name.quote && named.name.name.eq_ignore_ascii_case(&name.name)
    })
}

/// A window and those that it extends, directly and indirectly.
fn chain<'w>(
    window: &'w WindowSpecification,
    windows: &'w [NamedWindow],
) -> Vec<&'w WindowSpecification> {
    let mut chain = vec![window];
    let base = window.base.as_ref();
    if let Some(position) = base.and_then(|base| find(base, windows)) {
        chain.extend(chain_of_named(position, windows));
    }
    chain
}

fn chain_of_named(position: usize, windows: &[NamedWindow]) -> Vec<&WindowSpecification> {
    let mut chain = Vec::new();
    let mut next = Some(position);
    // A window extends one before it, so that this comes to an end; what the first one extends has no meaning.
    while let Some(position) = next
        && let Some(named) = windows.get(position)
    {
        chain.push(&named.window);
        let before = windows.get(..position).unwrap_or_default();
        next = named
            .window
            .base
            .as_ref()
            .and_then(|base| find(base, before));
    }
    chain
}

fn unknown_window(name: &Ident, windows: &[NamedWindow]) -> Diagnostic {
    let candidates = windows.iter().map(|named| &*named.name.name);
    names::unknown_window(name.span, &name.name, nearest(&name.name, candidates))
}

/// The mistake that a window says again what the one that it extends says already.
fn override_mistake(
    window: &WindowSpecification,
    base: &Ident,
    position: usize,
    windows: &[NamedWindow],
) -> Option<Diagnostic> {
    let inherited = chain_of_named(position, windows);
    let ordered = inherited.iter().any(|window| !window.order_by.is_empty());
    let what = if !window.partition_by.is_empty() {
        "PARTITION BY"
    } else if ordered && !window.order_by.is_empty() {
        "ORDER BY"
    } else if inherited.first()?.frame.is_some() {
        "the frame"
    } else {
        return None;
    };
    let declared = windows.get(position)?.name.span;
    Some(errors::window_override(
        base.span, &base.name, what, declared,
    ))
}
