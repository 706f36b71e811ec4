//! The words of dates and times, and the zones.

/// What a word means (`datetktbl`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Month(i64),
    Weekday,
    /// AM or PM.
    Meridiem(Meridiem),
    /// AD or BC.
    Era {
        before: bool,
    },
    /// A moment or a day.
    Special(Special),
    /// Says what the number after it is.
    Label(Label),
    /// `t`, before a time.
    Time,
    /// `dst`
    Daylight,
    /// `at`, `on`
    Ignored,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meridiem {
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// It depends on when it is read: a moment.
    Now,
    /// It depends on when it is read: a day.
    SomeDay,
    Midnight,
    Epoch,
    Infinity,
    MinusInfinity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Julian,
}

pub(super) fn word(text: &str, version: u16) -> Option<Word> {
    Some(match text {
        "jan" | "january" => Word::Month(1),
        "feb" | "february" => Word::Month(2),
        "mar" | "march" => Word::Month(3),
        "apr" | "april" => Word::Month(4),
        "may" => Word::Month(5),
        "jun" | "june" => Word::Month(6),
        "jul" | "july" => Word::Month(7),
        "aug" | "august" => Word::Month(8),
        "sep" | "sept" | "september" => Word::Month(9),
        "oct" | "october" => Word::Month(10),
        "nov" | "november" => Word::Month(11),
        "dec" | "december" => Word::Month(12),
        "sun" | "sunday" | "mon" | "monday" | "tue" | "tues" | "tuesday" | "wed" | "weds"
        | "wednesday" | "thu" | "thur" | "thurs" | "thursday" | "fri" | "friday" | "sat"
        | "saturday" => Word::Weekday,
        "am" => Word::Meridiem(Meridiem::Before),
        "pm" => Word::Meridiem(Meridiem::After),
        "ad" => Word::Era { before: false },
        "bc" => Word::Era { before: true },
        "now" => Word::Special(Special::Now),
        "today" | "tomorrow" | "yesterday" => Word::Special(Special::SomeDay),
        "allballs" => Word::Special(Special::Midnight),
        "epoch" => Word::Special(Special::Epoch),
        "infinity" => Word::Special(Special::Infinity),
        "+infinity" if version >= 16 => Word::Special(Special::Infinity),
        "-infinity" => Word::Special(Special::MinusInfinity),
        "y" => Word::Label(Label::Year),
        "m" => Word::Label(Label::Month),
        "d" => Word::Label(Label::Day),
        "h" => Word::Label(Label::Hour),
        "mm" => Word::Label(Label::Minute),
        "s" => Word::Label(Label::Second),
        "j" | "jd" | "julian" => Word::Label(Label::Julian),
        "t" => Word::Time,
        "dst" => Word::Daylight,
        "at" | "on" => Word::Ignored,
        _ => return None,
    })
}

/// Whether digits may follow a word at once: those that mean nothing without a number are among them.
pub(super) fn is_word(text: &str) -> bool {
    word(text, 15).is_some() || matches!(text, "dow" | "doy" | "isodow" | "isoyear")
}

/// A zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone {
    /// Seconds east of Greenwich; none where that depends on the day, or is not known here.
    pub(super) offset: Option<i64>,
    /// Whether it is one of summer.
    pub(super) daylight: bool,
}

/// An abbreviation of those that the engine comes with (`timezonesets/Default`).
pub(super) fn abbreviation(text: &str) -> Option<Zone> {
    let found = |names: &str| names.split(' ').any(|it| it == text);
    let fixed = |table: &[(i64, &str)], daylight| {
        let (minutes, _) = table.iter().find(|(_, names)| found(names))?;
        let offset = Some(minutes * 60);
        Some(Zone { offset, daylight })
    };
    fixed(&STANDARD, false)
        .or_else(|| fixed(&SUMMER, true))
        .or_else(|| {
            found(CHANGING).then_some(Zone {
                offset: None,
                daylight: false,
            })
        })
}

/// Whether the engine may know a zone of this name, in lower case; the cities are not looked up.
pub(super) fn is_zone(text: &str) -> bool {
    if let Some((region, place)) = text.split_once('/') {
        return REGIONS.split(' ').any(|it| it == region) && !place.is_empty();
    }
    if NAMED.split(' ').any(|it| it == text) {
        return true;
    }
    // As POSIX writes them: a name and an offset.
    let name = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let offset = name.strip_prefix(['+', '-']).unwrap_or(name);
    text.len() - name.len() >= 3 && offset.starts_with(|c: char| c.is_ascii_digit())
}

const REGIONS: &str = "africa america antarctica arctic asia atlantic australia brazil canada chile etc europe indian \
                       mexico pacific posix right us";
const NAMED: &str = "cet cst6cdt cuba eet egypt eire est est5edt factory gb gb-eire gmt gmt+0 gmt-0 gmt0 greenwich \
                     hongkong hst iceland iran israel jamaica japan kwajalein libya localtime met mst mst7mdt navajo \
                     nz nz-chat poland portugal posixrules prc pst8pdt roc rok singapore turkey uct universal utc \
                     w-su wet zulu";

/// Abbreviations by minutes east of Greenwich.
const STANDARD: [(i64, &str); 34] = [
    (-600, "hst taht"),
    (-570, "mart"),
    (-540, "akst gamt"),
    (-480, "pst"),
    (-420, "mst"),
    (-360, "cst galt"),
    (-300, "act cot est pet"),
    (-240, "amt ast bot"),
    (-210, "nft nst"),
    (-180, "bra brt gft pmst uyt wgt"),
    (-120, "fnt"),
    (-60, "azot egt"),
    (0, "gmt uct ut utc wet z zulu"),
    (60, "cet met mez wat"),
    (120, "eet ist sast"),
    (180, "eat fet"),
    (210, "irt"),
    (240, "mut ret sct"),
    (270, "aft"),
    (300, "mvt pkt tft tjt uzt"),
    (345, "npt"),
    (360, "almt bdt btt xjt"),
    (390, "mmt"),
    (420, "cxt ict wast"),
    (480, "awst bnt bort cct hkt myt pht"),
    (525, "acwst"),
    (540, "jayt jst kst pwt"),
    (570, "acst cast"),
    (600, "aest chut ddut ligt mpt pgt trut yapt"),
    (630, "lhst"),
    (660, "pont vut"),
    (720, "fjt gilt mht nzst nzt tvt wakt wft"),
    (765, "chast"),
    (780, "tot"),
];

/// Those of summer.
const SUMMER: [(i64, &str); 24] = [
    (-480, "akdt"),
    (-420, "pdt"),
    (-360, "mdt"),
    (-300, "cdt"),
    (-240, "edt"),
    (-180, "adt clst pyst"),
    (-150, "ndt"),
    (-120, "brst pmdt uyst wgst"),
    (-60, "fnst"),
    (0, "azost egst"),
    (60, "bst wetdst"),
    (120, "bdst cest cetdst mest mesz metdst"),
    (180, "eest eetdst idt"),
    (240, "msd"),
    (300, "must"),
    (360, "kgst pkst uzst yekst"),
    (420, "almst"),
    (480, "wadt"),
    (540, "awsst ulast wdt"),
    (600, "kdt"),
    (630, "acdt acsst cadt sadt"),
    (660, "aedt aesst"),
    (780, "fjst nzdt"),
    (825, "chadt"),
];

/// Abbreviations whose offset was changed in the course of time.
const CHANGING: &str = "amst anast anat arst art azst azt ckt clt davt easst east fkst fkt gest get gyt iot irkst irkt \
    kgt kost krast krat lhdt lint lkt magst magt mawt msk novst novt nut omsst omst petst pett pyt \
    sgt tkt tmt ulat vet vlast vlat volt yakst yakt yekt";
