//! Windows (`transformWindowDefinitions`).

use super::context::Context;
use super::resolver::{Resolver, is_unknown};
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, FrameUnits, Ident, Over};
use crate::postgres::tree::{
    Expr, FrameBound, FrameExclusion, FrameMode, SortTerm, Target, UNKNOWN, Window, WindowFrame,
};
use crate::postgres::types::{CastContext, Oid, ValueType, well_known};
use std::sync::Arc;

impl<'a> Resolver<'a> {
    /// The position of the window of a call.
    pub(super) fn window_of(&mut self, over: &'a Over) -> Option<usize> {
        match over {
            Over::Named(name) => {
                let names = &self.level().window_names;
                let found = names
                    .iter()
                    .position(|it| it.is_some_and(|it| it.name == name.name));
                if found.is_none() {
                    self.report(errors::unknown_window(name));
                }
                found
            }
            Over::Window(window) => {
                let level = self.level_mut();
                // Two calls over the same words share a window.
                let same = level.windows.iter().zip(&level.window_names);
                let mut same = same.enumerate();
                if let Some((position, _)) =
                    same.find(|(_, (other, name))| name.is_none() && is_same(other, window))
                {
                    return Some(position);
                }
                level.windows.push(window);
                level.window_names.push(None);
                Some(level.windows.len() - 1)
            }
        }
    }

    /// Notes the windows of WINDOW before the columns are resolved.
    pub(super) fn name_windows(&mut self, windows: &'a [ast::NamedWindow]) {
        for window in windows {
            let names = self.level().window_names.iter().flatten();
            let mut names = names.filter(|it| it.name == window.name.name);
            if let Some(first) = names.next() {
                let declared = first.span;
                self.report(errors::duplicate_window(&window.name, declared));
            }
            let level = self.level_mut();
            level.windows.push(&window.window);
            level.window_names.push(Some(&window.name));
        }
    }

    /// The windows, once all calls are known.
    pub(super) fn windows(&mut self, targets: &mut Vec<Target>) -> Vec<Window> {
        let written = self.level().windows.clone();
        let names = self.level().window_names.clone();
        let mut windows: Vec<Window> = Vec::new();
        for (window, name) in written.into_iter().zip(names) {
            let resolved = self.window(window, name, &windows, targets);
            windows.push(resolved);
        }
        windows
    }

    fn window(
        &mut self,
        window: &'a ast::WindowSpecification,
        name: Option<&'a Ident>,
        before: &[Window],
        targets: &mut Vec<Target>,
    ) -> Window {
        let mut partition_by = Vec::new();
        let mut order_by = self.order_by_values(&window.order_by, targets, Context::WindowOrder);
        for term in &window.partition_by {
            let value = self.in_context(term, Context::WindowPartition);
            let same = targets.iter().position(|it| it.expression == value);
            let position = match same {
                Some(position) if !is_unknown(&value) => position,
                _ => {
                    targets.push(Target {
                        expression: value,
                        name: None,
                        number: super::relation::number_of(targets.len()),
                        junk: true,
                        sort_reference: 0,
                        origin: None,
                    });
                    targets.len() - 1
                }
            };
            self.add_group_term(targets, position, term.span, &mut partition_by);
        }
        let mut copied_order = false;
        if let Some(base) = &window.base {
            let found = before
                .iter()
                .find(|it| it.name.as_ref() == Some(&base.name));
            match found {
                None => self.report(errors::unknown_window(base)),
                Some(found) => {
                    if !partition_by.is_empty() {
                        self.report(errors::window_override(base, "PARTITION BY"));
                    }
                    if !order_by.is_empty() && !found.order_by.is_empty() {
                        self.report(errors::window_override(base, "ORDER BY"));
                    }
                    if found.frame.is_some() {
                        self.report(errors::window_frame_copied(base));
                    }
                    partition_by.clone_from(&found.partition_by);
                    if order_by.is_empty() {
                        order_by.clone_from(&found.order_by);
                        copied_order = !order_by.is_empty();
                    }
                }
            }
        }
        let frame = window
            .frame
            .as_ref()
            .map(|frame| self.frame(frame, &order_by, targets));
        Window {
            name: name.map(|it| Arc::clone(&it.name)),
            extends: window.base.as_ref().map(|it| Arc::clone(&it.name)),
            partition_by,
            order_by,
            frame,
            copied_order,
        }
    }

    fn frame(
        &mut self,
        frame: &'a ast::WindowFrame,
        order_by: &[SortTerm],
        targets: &[Target],
    ) -> WindowFrame {
        let mode = match frame.units {
            FrameUnits::Rows => FrameMode::Rows,
            FrameUnits::Range => FrameMode::Range,
            FrameUnits::Groups => FrameMode::Groups,
        };
        let bounds = std::iter::once(&frame.start).chain(&frame.end);
        let has_offset = bounds.clone().any(|bound| {
            matches!(
                bound,
                ast::FrameBound::Preceding(_) | ast::FrameBound::Following(_)
            )
        });
        if mode == FrameMode::Groups && order_by.is_empty() {
            self.report(errors::groups_without_order(frame.span));
        }
        if mode == FrameMode::Range && has_offset && order_by.len() != 1 {
            self.report(errors::range_wants_one_order(frame.span));
        }
        let mut resolved: Vec<FrameBound> = Vec::new();
        for bound in bounds {
            let bound = self.bound(bound, mode, order_by, targets);
            resolved.push(bound);
        }
        let mut resolved = resolved.into_iter();
        WindowFrame {
            mode,
            start: resolved.next().unwrap_or(FrameBound::CurrentRow),
            end: resolved.next(),
            exclusion: frame.exclude.map(|it| match it {
                ast::FrameExclude::CurrentRow => FrameExclusion::CurrentRow,
                ast::FrameExclude::Group => FrameExclusion::Group,
                ast::FrameExclude::Ties => FrameExclusion::Ties,
            }),
        }
    }

    fn bound(
        &mut self,
        bound: &'a ast::FrameBound,
        mode: FrameMode,
        order_by: &[SortTerm],
        targets: &[Target],
    ) -> FrameBound {
        match bound {
            ast::FrameBound::UnboundedPreceding => FrameBound::UnboundedPreceding,
            ast::FrameBound::CurrentRow => FrameBound::CurrentRow,
            ast::FrameBound::UnboundedFollowing => FrameBound::UnboundedFollowing,
            ast::FrameBound::Preceding(offset) => {
                FrameBound::Preceding(self.offset(offset, mode, order_by, targets))
            }
            ast::FrameBound::Following(offset) => {
                FrameBound::Following(self.offset(offset, mode, order_by, targets))
            }
        }
    }

    fn offset(
        &mut self,
        offset: &'a ast::Expr,
        mode: FrameMode,
        order_by: &[SortTerm],
        targets: &[Target],
    ) -> Expr {
        let value = self.in_context(offset, Context::WindowFrame);
        let construct = match mode {
            FrameMode::Range => "RANGE",
            FrameMode::Rows => "ROWS",
            FrameMode::Groups => "GROUPS",
        };
        if super::query::has_own_columns(&value) {
            return self.mistake(errors::column_in_frame(offset.span, construct));
        }
        match mode {
            FrameMode::Rows | FrameMode::Groups => {
                let wanted = ValueType::plain(well_known::INT8);
                self.value_of_type(value, wanted, construct, offset.span)
            }
            FrameMode::Range => {
                let sorted = order_by.first().and_then(|term| {
                    let mut targets = targets.iter();
                    targets.find(|it| it.sort_reference == term.target)
                });
                let Some(sorted) = sorted else {
                    return Expr::Unknown;
                };
                let sorted = sorted.expression.value_type().oid;
                let wanted = match distances(self.typing().base_type(sorted)) {
                    [] if sorted == UNKNOWN.oid => return Expr::Unknown,
                    [] => {
                        let type_name = self.type_name(sorted);
                        return self.mistake(errors::no_distance(offset.span, &type_name));
                    }
                    wanted => wanted,
                };
                if super::resolver::is_untyped(&value) {
                    let typed = ValueType::plain(wanted.first().copied().unwrap_or(sorted));
                    return self.coerced_or_mistake(value, typed, offset.span);
                }
                let found = value.value_type().oid;
                let fits = |it: &Oid| self.can_coerce(found, *it, CastContext::Implicit);
                if matches!(value, Expr::Unknown) || wanted.contains(&found) {
                    return value;
                }
                match wanted.iter().copied().find(fits) {
                    Some(wanted) => {
                        self.coerced_or_mistake(value, ValueType::plain(wanted), offset.span)
                    }
                    None => {
                        let sorted = self.type_name(sorted);
                        let found = self.type_name(found);
                        self.mistake(errors::wrong_distance(offset.span, &sorted, &found))
                    }
                }
            }
        }
    }
}

/// The types in which distances between values of a type are told, that of an untyped literal first (`in_range` of the
/// operator families for B-trees).
fn distances(sorted: Oid) -> &'static [Oid] {
    match sorted {
        well_known::INT2 => &[well_known::INT2, well_known::INT4, well_known::INT8],
        well_known::INT4 => &[well_known::INT4, well_known::INT8, well_known::INT2],
        well_known::INT8 => &[well_known::INT8],
        well_known::FLOAT4 | well_known::FLOAT8 => &[well_known::FLOAT8],
        well_known::NUMERIC => &[well_known::NUMERIC],
        well_known::DATE
        | well_known::TIME
        | well_known::TIMETZ
        | well_known::TIMESTAMP
        | well_known::TIMESTAMPTZ
        | well_known::INTERVAL => &[well_known::INTERVAL],
        _ => &[],
    }
}

/// Whether two windows are written alike, whatever their places.
fn is_same(one: &ast::WindowSpecification, two: &ast::WindowSpecification) -> bool {
    // Expressions carry their places, so that two of them are never equal: only what holds none can be compared.
    one.partition_by.is_empty()
        && two.partition_by.is_empty()
        && one.order_by.is_empty()
        && two.order_by.is_empty()
        && one.frame.is_none()
        && two.frame.is_none()
        && one.base == two.base
}
