//! Paths of the site that everyone may open.

use super::row::Grammar;
use super::text::lines;

/// See [`paths`].
pub const PATHS: Grammar = Grammar {
    form: "lines, each a path, perhaps with `*` at its end",
    sanitize: |text| paths(text).map(|paths| paths.join("\n")),
    problems: &[PROBLEM],
};

const PROBLEM: &str = "public_paths_invalid";

/// Paths below the site's own address, one a line: `/about` or `/events/*`.
///
/// A sanitized path begins with one slash, ends with none unless it is `/`, and has a star only as its last segment: whoever
/// compares it needs no other rule. A path of dots would mean another page to the web server than to WordPress.
fn paths(text: &str) -> Result<Vec<String>, &'static str> {
    let mut all: Vec<String> = Vec::new();
    for line in lines(text, PROBLEM)? {
        let trimmed = line.trim_matches('/');
        let below = trimmed.strip_suffix('*').map_or(Some(trimmed), |parent| parent.strip_suffix('/'));
        let is_segment = |segment: &str| {
            let plain = |c: char| !c.is_whitespace() && !"*?#\\%".contains(c);
            !matches!(segment, "" | "." | "..") && segment.chars().all(plain)
        };
        if !line.starts_with('/') || !below.is_some_and(|path| path.is_empty() || path.split('/').all(is_segment)) {
            return Err(PROBLEM);
        }
        let path = format!("/{trimmed}");
        if !all.contains(&path) {
            all.push(path);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_one_form() {
        for (given, kept) in [
            ("", ""),
            ("/", "/"),
            ("/about/", "/about"),
            ("/about, /关于\r\n/about", "/about\n/关于"),
            ("/events/*", "/events/*"),
            ("/wp-json/shop/v1/*", "/wp-json/shop/v1/*"),
        ] {
            let sanitized = paths(given).map(|paths| paths.join("\n"));

            assert_eq!(sanitized.as_deref(), Ok(kept), "{given:?}");
            assert_eq!(
                paths(kept).map(|paths| paths.join("\n")).as_deref(),
                Ok(kept),
                "sanitizing twice changes nothing"
            );
        }
    }

    #[test]
    fn what_is_no_path_of_the_site_is_refused() {
        for wrong in [
            "about",
            "https://site.example/about",
            "/*",
            "/a*",
            "/a/*/b",
            "/a/../b",
            "/./a",
            "/a//b",
            "/a?p=1",
            "/a#b",
            "/%61",
            "/a b",
        ] {
            assert_eq!(paths(wrong), Err(PROBLEM), "{wrong}");
        }
    }
}
