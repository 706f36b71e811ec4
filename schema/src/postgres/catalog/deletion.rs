//! What goes along when something is dropped, and what is in the way (`findDependentObjects`).

use super::{Address, Catalog, Class, Dependency};
use std::collections::BTreeMap;

/// What a DROP takes away.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deletion {
    /// Everything that goes, in the order in which it can: what depends on something before that.
    pub objects: Vec<Address>,
    /// What goes only with CASCADE, and what it depends on, in the order in which the engine tells of it.
    pub dependents: Vec<(Address, Address)>,
}

/// Why something cannot be dropped by itself: it is a part of something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Required {
    /// What was to be dropped.
    pub object: Address,
    /// What it is a part of.
    pub by: Address,
}

/// How a search came to an object: all of the ways that it did.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the engine's own flags, any of which may be set together"
)]
struct Ways {
    original: bool,
    /// As something that goes along by itself.
    along: bool,
    /// From the parent that a partition's object has.
    of_parent: bool,
    /// Whether it has such a parent.
    is_part: bool,
    /// Whether all of the object goes, of which this is a column.
    is_subsumed: bool,
}

impl Ways {
    fn merge(&mut self, other: Ways) {
        self.original |= other.original;
        self.along |= other.along;
        self.of_parent |= other.of_parent;
        self.is_part |= other.is_part;
        self.is_subsumed |= other.is_subsumed;
    }
}

struct Search<'a> {
    catalog: &'a Catalog,
    /// All that was named, which may go in any order.
    named: &'a [Address],
    /// The objects on the way from one that was named, with the ways in which each was reached.
    stack: Vec<(Address, Ways)>,
    order: Vec<(Address, Option<Address>)>,
    ways: BTreeMap<Address, Ways>,
}

impl Catalog {
    /// Finds all that goes when some objects are dropped.
    ///
    /// # Errors
    ///
    /// One of them is a part of something else, which has to be dropped instead.
    pub fn deletion(&self, named: &[Address]) -> Result<Deletion, Required> {
        let mut search = Search {
            catalog: self,
            named,
            stack: Vec::new(),
            order: Vec::new(),
            ways: BTreeMap::new(),
        };
        let original = Ways {
            original: true,
            ..Ways::default()
        };
        for object in named {
            search.visit(*object, original)?;
        }
        search.finish()
    }
}

impl Search<'_> {
    fn finish(self) -> Result<Deletion, Required> {
        let ways_of = |object: &Address| self.ways.get(object).copied().unwrap_or_default();
        for (object, by) in &self.order {
            let ways = ways_of(object);
            if let Some(by) = by
                && ways.is_part
                && !ways.of_parent
            {
                return Err(Required {
                    object: *object,
                    by: *by,
                });
            }
        }
        let mut deletion = Deletion::default();
        for (object, because) in self.order.iter().rev() {
            let ways = ways_of(object);
            if !ways.original
                && !ways.is_subsumed
                && !ways.along
                && let Some(because) = because
            {
                deletion.dependents.push((*object, *because));
            }
        }
        deletion.objects = self.order.into_iter().map(|(object, _)| object).collect();
        Ok(deletion)
    }

    fn visit(&mut self, object: Address, mut ways: Ways) -> Result<(), Required> {
        if self.is_on_stack(object, ways) || self.is_found(object, ways) {
            return Ok(());
        }
        let mut owner: Option<(Address, Dependency)> = None;
        let mut partition: Option<Address> = None;
        let edges: Vec<_> = self.catalog.dependencies.of(object).collect();
        for (dependent, referenced, kind) in edges {
            // Of a whole relation, those of its columns are no business of its own.
            if dependent != object || referenced.whole() == object.whole() {
                continue;
            }
            match kind {
                Dependency::Normal | Dependency::Auto | Dependency::AutoExtension => {}
                Dependency::Extension | Dependency::Internal => {
                    if self.stack.is_empty() {
                        if self.is_named(referenced) {
                            return Ok(());
                        }
                        if owner.is_none() || kind == Dependency::Extension {
                            owner = Some((referenced, kind));
                        }
                    } else if !self.is_on_stack(referenced, Ways::default()) {
                        self.visit(referenced, ways)?;
                        self.is_found(object, ways);
                        return Ok(());
                    }
                }
                Dependency::PartitionPrimary => {
                    ways.is_part = true;
                    partition = Some(referenced);
                }
                Dependency::PartitionSecondary => {
                    ways.is_part = true;
                    partition = partition.or(Some(referenced));
                }
            }
        }
        if let Some((by, _)) = owner {
            return Err(Required { object, by });
        }
        self.visit_dependents(object, &mut ways)?;
        let because = match ways.is_part {
            true => partition,
            false => self.stack.last().map(|(object, _)| *object),
        };
        self.order.push((object, because));
        self.ways.entry(object).or_default().merge(ways);
        Ok(())
    }

    fn visit_dependents(&mut self, object: Address, ways: &mut Ways) -> Result<(), Required> {
        let mut dependents: Vec<(Address, Ways)> = Vec::new();
        for (dependent, _, kind) in self.catalog.dependencies.on(object) {
            if object.part == 0 && dependent.whole() == object {
                continue;
            }
            let way = match kind {
                Dependency::Normal => Ways::default(),
                Dependency::Auto
                | Dependency::AutoExtension
                | Dependency::Internal
                | Dependency::Extension => Ways {
                    along: true,
                    ..Ways::default()
                },
                Dependency::PartitionPrimary | Dependency::PartitionSecondary => Ways {
                    along: true,
                    of_parent: true,
                    ..Ways::default()
                },
            };
            dependents.push((dependent, way));
        }
        // The newest first, so that the order does not depend on when an edge was made.
        dependents.sort_by(|(one, _), (other, _)| {
            let key = |it: &Address| (std::cmp::Reverse(it.oid), it.class, it.part);
            key(one).cmp(&key(other))
        });
        self.stack.push((object, *ways));
        for (dependent, way) in dependents {
            self.visit(dependent, way)?;
        }
        if let Some((_, found)) = self.stack.pop() {
            *ways = found;
        }
        Ok(())
    }

    fn is_named(&self, object: Address) -> bool {
        let mut named = self.named.iter();
        named.any(|named| *named == object || (named.part == 0 && *named == object.whole()))
    }

    /// Whether an object, or the whole of it, is being looked at; then it is reached in these ways as well.
    fn is_on_stack(&mut self, object: Address, ways: Ways) -> bool {
        let mut found = false;
        for (other, known) in self.stack.iter_mut().rev() {
            if *other == object {
                known.merge(ways);
                found = true;
            } else if *other == object.whole() {
                found = true;
            }
        }
        found
    }

    /// Whether an object, or the whole of it, was found before; then it is reached in these ways as well.
    fn is_found(&mut self, object: Address, ways: Ways) -> bool {
        if object.part == 0 && object.class == Class::Relation {
            // Its columns go with it.
            let columns =
                Address::column(object.oid, i16::MIN)..=Address::column(object.oid, i16::MAX);
            for (column, known) in self.ways.range_mut(columns) {
                if column.part != 0 {
                    known.merge(ways);
                    known.is_subsumed = true;
                }
            }
        }
        if let Some(known) = self.ways.get_mut(&object) {
            known.merge(ways);
            return true;
        }
        object.part != 0 && self.ways.contains_key(&object.whole())
    }
}
