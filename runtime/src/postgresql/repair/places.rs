//! Where the migrations define what was read from a database.

use crate::schema::Place;
use std::borrow::Cow;
use std::collections::BTreeSet;
use tablature_model::postgres::{Column, Schema};

/// Says of what a schema has where another one knows it to be defined, in one of some files.
pub(super) fn give(schema: &mut Schema, known: &Schema, files: &BTreeSet<&str>) {
    let of = |place: &Option<Place>| {
        let place = place.as_ref();
        place.filter(|place| files.contains(&*place.file)).cloned()
    };
    macro_rules! give {
        ($($list:ident: $is_same:expr;)*) => {
            $(
                each(&mut schema.$list, &known.$list, $is_same, |it, same| {
                    it.place = of(&same.place);
                });
            )*
        };
    }
    give! {
        schemas: |it, other| it.name == other.name;
        extensions: |it, other| it.name == other.name;
        enums: |it, other| it.name == other.name;
        domains: |it, other| it.name == other.name;
        composites: |it, other| it.name == other.name;
        ranges: |it, other| it.name == other.name;
        sequences: |it, other| it.name == other.name;
        views: |it, other| it.name == other.name;
        indexes: |it, other| it.name == other.name;
        routines: |it, other| it.name == other.name && it.arguments == other.arguments;
        triggers: |it, other| it.name == other.name && it.table == other.table;
        policies: |it, other| it.name == other.name && it.table == other.table;
        rules: |it, other| it.name == other.name && it.table == other.table;
    }
    let same_column = |it: &Column, other: &Column| it.name == other.name;
    each(
        &mut schema.tables,
        &known.tables,
        |it, other| it.name == other.name,
        |it, same| {
            it.place = of(&same.place);
            each(&mut it.columns, &same.columns, same_column, |it, same| {
                it.place = of(&same.place);
            });
        },
    );
}

fn each<T: Clone>(
    list: &mut Cow<'static, [T]>,
    known: &[T],
    is_same: impl Fn(&T, &T) -> bool,
    give: impl Fn(&mut T, &T),
) {
    for it in list.to_mut() {
        if let Some(same) = known.iter().find(|other| is_same(it, other)) {
            give(it, same);
        }
    }
}
