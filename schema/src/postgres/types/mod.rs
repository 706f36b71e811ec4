//! Types of values: modifiers, names as `format_type` prints them, conversions, and which function or operator a call means.
