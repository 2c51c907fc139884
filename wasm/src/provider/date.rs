//! The time of an HTTP response.

use std::time::UNIX_EPOCH;

/// Unix time of a `Date` header (RFC 9110 §5.6.7).
pub fn parse(date: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(date).ok()?;
    Some(time.duration_since(UNIX_EPOCH).ok()?.as_secs())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_example_of_the_specification_is_understood() {
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        for wrong in ["", "GMT", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 0000 08:49:37 GMT"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
