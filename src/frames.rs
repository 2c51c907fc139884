//! Messages on a stream: each on a line of its own, each line answered with one line.
//!
//! JSON in compact form has no line breaks, so the line break frames it; `socat`, a shell or PHP's
//! `fgets` can take part.

use crate::limits;
use std::io::{self, BufRead, Read as _, Write};

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A line without its line break; the last one may lack it.
    Line(Vec<u8>),
    /// A line longer than [`limits::LINE`]; it has been skipped.
    TooLong,
}

/// Reads the next line; `None` at the end of the stream. Never holds more than the longest line.
///
/// # Errors
/// Those of the stream.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut line = Vec::new();
    let longest = limits::LINE as u64 + 1;
    if input.by_ref().take(longest).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > limits::LINE {
        input.skip_until(b'\n')?;
        return Ok(Some(Frame::TooLong));
    }
    Ok(Some(Frame::Line(line)))
}

/// Answers every line of `input` with one line until it ends.
///
/// # Errors
/// Those of the streams.
pub fn serve(
    input: &mut impl BufRead,
    output: &mut impl Write,
    mut reply: impl FnMut(&Frame) -> Vec<u8>,
) -> io::Result<()> {
    while let Some(frame) = read(input)? {
        let mut line = reply(&frame);
        line.push(b'\n');
        output.write_all(&line)?;
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(mut input: &[u8]) -> Vec<Frame> {
        std::iter::from_fn(|| read(&mut input).expect("memory has no errors")).collect()
    }

    fn line(bytes: &[u8]) -> Frame {
        Frame::Line(bytes.to_vec())
    }

    #[test]
    fn a_line_ends_at_its_line_break() {
        assert_eq!(frames(b"a\n\nb"), [line(b"a"), line(b""), line(b"b")]);
        assert_eq!(frames(b""), []);
    }

    #[test]
    fn the_longest_line_is_read_and_a_longer_one_skipped() {
        let longest = vec![b'x'; limits::LINE];
        assert_eq!(frames(&[&longest[..], b"\nnext"].concat()), [line(&longest), line(b"next")]);
        assert_eq!(frames(&longest), [line(&longest)]);
        assert_eq!(frames(&[&longest[..], b"x\nnext\n"].concat()), [Frame::TooLong, line(b"next")]);
        assert_eq!(frames(&[&longest[..], &longest, b"\nnext"].concat()), [Frame::TooLong, line(b"next")]);
        assert_eq!(frames(&[&longest[..], b"x"].concat()), [Frame::TooLong]);
    }

    #[test]
    fn every_line_gets_one_line() {
        let mut output = Vec::new();
        let input = [b"one\n", &vec![b'x'; limits::LINE + 1][..], b"\ntwo"].concat();

        let reply = |frame: &Frame| match frame {
            Frame::Line(line) => [b"<", &line[..], b">"].concat(),
            Frame::TooLong => b"too long".to_vec(),
        };
        serve(&mut &input[..], &mut output, reply).expect("served");

        assert_eq!(output, b"<one>\ntoo long\n<two>\n");
    }
}
