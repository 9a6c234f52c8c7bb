//! What day it is.

use jiff::Span;
use jiff::civil::{Date, date};
use std::time::SystemTime;

/// Today in UTC, so that a run does not depend on where it runs.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let days = i64::try_from(seconds / 86_400).ok()?;
    date(1970, 1, 1).checked_add(Span::new().days(days)).ok()
}
