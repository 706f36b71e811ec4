//! AND, OR, NOT, CASE and COALESCE: what they leave out is not computed.

use super::{Folded, Folder, Outcome};
use crate::postgres::tree::{BooleanOperator, BooleanTest, Case, Expr, NullTest, Truth};

/// A boolean, NULL or one that is not known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Is(bool),
    Null,
    Varies,
}

impl From<Folded> for Verdict {
    fn from(folded: Folded) -> Verdict {
        match folded {
            Folded::Known(Some(text)) => match &*text {
                "t" => Verdict::Is(true),
                "f" => Verdict::Is(false),
                _ => Verdict::Varies,
            },
            Folded::Known(None) => Verdict::Null,
            Folded::Varies => Verdict::Varies,
        }
    }
}

/// A boolean as the engine prints it.
pub(super) fn truth(value: bool) -> Folded {
    Folded::text(if value { "t" } else { "f" })
}

impl Folder<'_> {
    pub(super) fn boolean(self, operator: BooleanOperator, operands: &[Expr]) -> Outcome {
        let decisive = match operator {
            BooleanOperator::And => false,
            BooleanOperator::Or => true,
            BooleanOperator::Not => {
                let mut value = Folded::Varies;
                for operand in operands {
                    value = self.fold(operand)?;
                }
                return Ok(match Verdict::from(value) {
                    Verdict::Is(value) => truth(!value),
                    Verdict::Null => Folded::NULL,
                    Verdict::Varies => Folded::Varies,
                });
            }
        };
        let mut found = truth(!decisive);
        for operand in operands {
            match Verdict::from(self.fold(operand)?) {
                // The rest is not looked at.
                Verdict::Is(value) if value == decisive => return Ok(truth(decisive)),
                Verdict::Is(_) => {}
                Verdict::Null if found == Folded::Varies => {}
                Verdict::Null => found = Folded::NULL,
                Verdict::Varies => found = Folded::Varies,
            }
        }
        Ok(found)
    }

    pub(super) fn null_test(self, test: &NullTest) -> Outcome {
        Ok(match self.fold(&test.operand)? {
            Folded::Known(_) if test.row => Folded::Varies,
            Folded::Known(value) => truth(value.is_none() != test.negated),
            Folded::Varies => Folded::Varies,
        })
    }

    pub(super) fn boolean_test(self, test: &BooleanTest) -> Outcome {
        let value = match Verdict::from(self.fold(&test.operand)?) {
            Verdict::Is(true) => Truth::True,
            Verdict::Is(false) => Truth::False,
            Verdict::Null => Truth::Unknown,
            Verdict::Varies => return Ok(Folded::Varies),
        };
        Ok(truth((value == test.truth) != test.negated))
    }

    /// The branches up to the one that is certain to be taken; those that are certain not to be are left out.
    pub(super) fn case(self, case: &Case) -> Outcome {
        if let Some(operand) = &case.operand {
            // The conditions hold it, where they are not told apart here.
            if self.fold(operand)? != Folded::Varies {
                return Ok(Folded::Varies);
            }
        }
        let mut sure = true;
        for branch in &case.branches {
            match Verdict::from(self.fold(&branch.condition)?) {
                Verdict::Is(true) => {
                    let value = self.fold(&branch.result)?;
                    return Ok(if sure { value } else { Folded::Varies });
                }
                Verdict::Is(false) | Verdict::Null => {}
                Verdict::Varies => {
                    sure = false;
                    self.fold(&branch.result)?;
                }
            }
        }
        let value = self.fold(&case.otherwise)?;
        Ok(if sure { value } else { Folded::Varies })
    }

    pub(super) fn coalesce(self, arguments: &[Expr]) -> Outcome {
        let mut sure = true;
        for argument in arguments {
            match self.fold(argument)? {
                Folded::Known(None) => {}
                value @ Folded::Known(Some(_)) => {
                    return Ok(if sure { value } else { Folded::Varies });
                }
                Folded::Varies => sure = false,
            }
        }
        Ok(if sure { Folded::NULL } else { Folded::Varies })
    }
}
