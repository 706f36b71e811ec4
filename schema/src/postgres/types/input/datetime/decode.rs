//! Fields put together: a moment (`DecodeDateTime`), and a time of day (`DecodeTimeOnly`).

use super::fields::{Field, Shape};
use super::parts::{DATE, DAYLIGHT, Known, Parts, SPECIAL, TIME, WEEKDAY, ZONE};
use super::read::{Refusal, zone};
use super::words::{Label, Special, Word, abbreviation, is_zone, word};

/// What is being read: whether a date has to be there, or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Moment,
    Time,
}

/// What the field before says of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Announced {
    Nothing,
    Number(Label),
    /// A time, after a `t`.
    Time,
}

struct Decoder<'a> {
    fields: &'a [Field],
    wanted: Wanted,
    version: u16,
    parts: Parts,
    announced: Announced,
    /// Whether the zone was told by its full name.
    named_zone: bool,
}

/// The parts of a date and time.
pub(super) fn decode(fields: &[Field], wanted: Wanted, version: u16) -> Result<Parts, Refusal> {
    let mut decoder = Decoder {
        fields,
        wanted,
        version,
        parts: Parts::in_utc(),
        announced: Announced::Nothing,
        named_zone: false,
    };
    for (position, field) in fields.iter().enumerate() {
        if let Some(told) = decoder.field(position, field)? {
            decoder.parts.tell(told)?;
        }
    }
    // Until 16 a word without its number was passed over.
    if version >= 16 && decoder.announced != Announced::Nothing {
        return Err(Refusal::Format);
    }
    let mut parts = decoder.parts;
    if matches!(
        parts.special,
        Some(Special::Epoch | Special::Infinity | Special::MinusInfinity)
    ) {
        return Ok(parts);
    }
    parts.settle()?;
    if wanted == Wanted::Time {
        parts.check_time()?;
    }
    let needed = match wanted {
        Wanted::Moment => DATE,
        Wanted::Time => TIME,
    };
    let daylight = parts.known & DAYLIGHT != 0;
    let lacks_zone = daylight && (decoder.named_zone || parts.known & ZONE == 0);
    match parts.has(needed) && !lacks_zone {
        true => Ok(parts),
        false => Err(Refusal::Format),
    }
}

impl Decoder<'_> {
    /// What a field tells; none if nothing.
    fn field(&mut self, position: usize, field: &Field) -> Result<Option<Known>, Refusal> {
        let text = field.text.as_str();
        Ok(match field.shape {
            Shape::Date => Some(self.date(position, text)?),
            Shape::Time => {
                // It may follow a `t`.
                if matches!(self.announced, Announced::Number(_)) {
                    return Err(Refusal::Format);
                }
                self.announced = Announced::Nothing;
                let told = self.parts.time(text)?;
                if self.wanted == Wanted::Moment {
                    self.parts.check_time()?;
                }
                Some(told)
            }
            Shape::Signed => {
                self.parts.offset = Some(zone(text)?);
                Some(ZONE)
            }
            Shape::Number => Some(self.number(position, text)?),
            Shape::Word | Shape::SignedWord => self.word(position, text)?,
        })
    }

    fn shape_at(&self, position: usize) -> Option<Shape> {
        self.fields.get(position).map(|it| it.shape)
    }

    fn last_shape(&self) -> Option<Shape> {
        self.fields.last().map(|it| it.shape)
    }

    /// A field with separators: a date, a zone, or a time run together with one.
    fn date(&mut self, position: usize, text: &str) -> Result<Known, Refusal> {
        let known = self.parts.known;
        let is_date = match self.wanted {
            Wanted::Moment if self.announced == Announced::Number(Label::Julian) => {
                // A day with a zone: the only form that is not split before.
                let sign = text.find(['+', '-']).ok_or(Refusal::Format)?;
                let (day, offset) = text.split_at(sign);
                self.announced = Announced::Nothing;
                let told = self.parts.labelled(Label::Julian, day)?;
                self.parts.offset = Some(zone(offset)?);
                return Ok(told | ZONE);
            }
            Wanted::Moment => {
                self.announced == Announced::Nothing
                    && !self
                        .parts
                        .has(super::parts::MONTH | super::parts::MONTH_DAY)
            }
            // A date can stand before a time.
            Wanted::Time => {
                position == 0
                    && self.fields.len() >= 2
                    && (self.last_shape() == Some(Shape::Date)
                        || self.shape_at(1) == Some(Shape::Time))
            }
        };
        if is_date {
            return self.parts.date(text, known);
        }
        if !text.starts_with(|c: char| c.is_ascii_digit()) && self.announced == Announced::Nothing {
            return match is_zone(text) {
                true => Ok(self.zone_by_name()),
                false => Err(Refusal::UnknownZone(text.to_owned())),
            };
        }
        if matches!(self.announced, Announced::Number(_)) {
            return Err(Refusal::Format);
        }
        self.announced = Announced::Nothing;
        if self.parts.has(TIME) {
            return Err(Refusal::Format);
        }
        let sign = text.find('-').ok_or(Refusal::Format)?;
        let (time, offset) = text.split_at(sign);
        self.parts.offset = Some(zone(offset)?);
        let known = match self.wanted {
            Wanted::Moment => known,
            Wanted::Time => known | DATE,
        };
        Ok(self.parts.digits(time, known)? | ZONE)
    }

    fn zone_by_name(&mut self) -> Known {
        self.named_zone = true;
        self.parts.offset = None;
        ZONE
    }

    fn number(&mut self, position: usize, text: &str) -> Result<Known, Refusal> {
        let known = self.parts.known;
        match std::mem::replace(&mut self.announced, Announced::Nothing) {
            Announced::Number(label) => {
                if self.version >= 16 && label != Label::Julian {
                    return Err(Refusal::Format);
                }
                return self.parts.labelled(label, text);
            }
            Announced::Time => {
                return match self.parts.digits(text, known | DATE)? {
                    TIME => Ok(TIME),
                    _ => Err(Refusal::Format),
                };
            }
            Announced::Nothing => {}
        }
        let point = text.find('.');
        match self.wanted {
            Wanted::Moment => match point {
                Some(_) if known & DATE == 0 => self.parts.date(text, known),
                Some(point) if point > 2 => self.parts.digits(text, known),
                _ if text.len() >= 6 && (known & DATE == 0 || known & TIME == 0) => {
                    self.parts.digits(text, known)
                }
                _ => {
                    let named_month = self.parts.has_named_month();
                    self.parts.number(text, named_month, known)
                }
            },
            Wanted::Time => match point {
                Some(_)
                    if position == 0
                        && self.fields.len() >= 2
                        && self.last_shape() == Some(Shape::Date) =>
                {
                    self.parts.date(text, known)
                }
                Some(point) if point > 2 => self.parts.digits(text, known | DATE),
                Some(_) => Err(Refusal::Format),
                None if text.len() > 4 => self.parts.digits(text, known | DATE),
                None => self.parts.number(text, false, known | DATE),
            },
        }
    }

    fn word(&mut self, position: usize, text: &str) -> Result<Option<Known>, Refusal> {
        if let Some(zone) = abbreviation(text) {
            return Ok(Some(self.parts.abbreviation(zone)));
        }
        let Some(word) = word(text, self.version) else {
            return match is_zone(text) {
                true => Ok(Some(self.zone_by_name())),
                false => Err(Refusal::Format),
            };
        };
        Ok(Some(match (word, self.wanted) {
            (Word::Ignored, _) => return Ok(None),
            (Word::Month(_) | Word::Weekday, Wanted::Time) => return Err(Refusal::Format),
            (Word::Month(month), Wanted::Moment) => self.parts.named_month(month),
            (Word::Weekday, Wanted::Moment) => WEEKDAY,
            (Word::Meridiem(meridiem), _) => self.parts.meridiem(meridiem),
            (Word::Era { before }, _) => self.parts.era(before),
            (Word::Special(special), _) => self.special(special)?,
            (Word::Daylight, _) => {
                self.parts.offset = self.parts.offset.map(|it| it + 3600);
                DAYLIGHT
            }
            (Word::Label(label), _) => {
                if self.version >= 16 && self.announced != Announced::Nothing {
                    return Err(Refusal::Format);
                }
                self.announced = Announced::Number(label);
                return Ok(None);
            }
            (Word::Time, wanted) => {
                let follows = matches!(
                    self.shape_at(position + 1),
                    Some(Shape::Number | Shape::Time | Shape::Date)
                );
                let comes_after = wanted == Wanted::Time || self.parts.has(DATE);
                if !follows || !comes_after {
                    return Err(Refusal::Format);
                }
                self.announced = Announced::Time;
                return Ok(None);
            }
        }))
    }

    fn special(&mut self, special: Special) -> Result<Known, Refusal> {
        let told = match (special, self.wanted) {
            (Special::Now, Wanted::Time) => TIME,
            (Special::Midnight, _) => {
                return self.parts.time("00:00").map(|told| told | ZONE);
            }
            (_, Wanted::Time) => return Err(Refusal::Format),
            (Special::SomeDay, Wanted::Moment) => {
                // Some day that there is.
                self.parts.labelled(Label::Julian, "2451545")?
            }
            (Special::Now, Wanted::Moment) => {
                self.parts.labelled(Label::Julian, "2451545")? | TIME | ZONE
            }
            (Special::Epoch | Special::Infinity | Special::MinusInfinity, Wanted::Moment) => {
                match self.version {
                    // Until 16 whatever else was said did not matter.
                    ..16 => SPECIAL,
                    _ => SPECIAL | DATE | TIME | ZONE,
                }
            }
        };
        self.parts.special = Some(special);
        Ok(told)
    }
}
