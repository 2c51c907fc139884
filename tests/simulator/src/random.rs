//! Lines that were changed at random, the same ones in every run.

/// Pieces that mean something to a reader of JSON, tokens or URLs.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"{",
    b"}",
    b"[[[[",
    b",",
    b":",
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"0.1",
    b"-0.0",
    b"18446744073709551615",
    b"9223372036854775808",
    b"1.7976931348623157e308",
    b"\\u0000",
    b"\\ud800",
    b"\\u4e2d",
    b"%00",
    b"..",
    b"//",
    b"@",
    b"\xc3\xa9",
    b"\xff",
    b"\xf0\x9f\x98\x80",
    b"https://[::1]:8/",
    b"xn--",
    b" ",
];

/// A generator of numbers (xorshift64).
pub struct Random(u64);

impl Random {
    /// A generator that always gives the same numbers.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % limit
    }

    /// The line with one to three changes, and still a line.
    pub fn changed(&mut self, line: &[u8]) -> Vec<u8> {
        let mut line = line.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(line.len() + 1);
            let end = (at + self.below(12)).min(line.len());
            match self.below(5) {
                0 => line.truncate(at),
                1 => drop(line.drain(at..end)),
                2 => {
                    let copy = line[at..end].to_vec();
                    line.splice(at..at, copy);
                }
                3 => drop(line.splice(at..end, PIECES[self.below(PIECES.len())].iter().copied())),
                _ => drop(line.splice(at..at, PIECES[self.below(PIECES.len())].iter().copied())),
            }
        }
        line
    }
}
