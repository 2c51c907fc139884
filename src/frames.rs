//! Messages on a stream: each on a line of its own, each line answered with one line.
//!
//! JSON in compact form has no line breaks, so the line break frames it; `socat`, a shell or PHP's
//! `fgets` can take part.

use crate::error::Error;
use crate::limits;
use std::io::{self, BufRead, Read as _, Write};

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A request, without its line break; a last line may lack one.
    Request(Vec<u8>),
    /// A line longer than [`limits::REQUEST`]; it has been skipped.
    TooLong,
}

/// Reads the next line; `None` at the end of the stream. Never holds more than the longest request.
///
/// # Errors
/// Those of the stream.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut line = Vec::new();
    let longest = limits::REQUEST as u64 + 1;
    if input.by_ref().take(longest).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > limits::REQUEST {
        input.skip_until(b'\n')?;
        return Ok(Some(Frame::TooLong));
    }
    Ok(Some(Frame::Request(line)))
}

/// Answers every line of `input` until it ends.
///
/// # Errors
/// Those of the streams.
pub fn serve(input: &mut impl BufRead, output: &mut impl Write, answer: impl Fn(&[u8]) -> Vec<u8>) -> io::Result<()> {
    while let Some(frame) = read(input)? {
        let mut reply = match frame {
            Frame::Request(request) => answer(&request),
            Frame::TooLong => Error::RequestTooLarge.reply(),
        };
        reply.push(b'\n');
        output.write_all(&reply)?;
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

    fn request(bytes: &[u8]) -> Frame {
        Frame::Request(bytes.to_vec())
    }

    #[test]
    fn a_line_is_a_request() {
        assert_eq!(frames(b"a\n\nb"), [request(b"a"), request(b""), request(b"b")]);
        assert_eq!(frames(b""), []);
    }

    #[test]
    fn the_longest_request_is_read_and_a_longer_one_skipped() {
        let longest = vec![b'x'; limits::REQUEST];
        assert_eq!(frames(&[&longest[..], b"\nnext"].concat()), [request(&longest), request(b"next")]);
        assert_eq!(frames(&longest), [request(&longest)]);
        assert_eq!(frames(&[&longest[..], b"x\nnext\n"].concat()), [Frame::TooLong, request(b"next")]);
        assert_eq!(frames(&[&longest[..], &longest, b"\nnext"].concat()), [Frame::TooLong, request(b"next")]);
        assert_eq!(frames(&[&longest[..], b"x"].concat()), [Frame::TooLong]);
    }

    #[test]
    fn every_line_gets_one_line() {
        let mut output = Vec::new();
        let long = [&vec![b'x'; limits::REQUEST + 1][..], b"\n"].concat();
        let input = [b"one\n", &long[..], b"two\n"].concat();
        serve(&mut &input[..], &mut output, |request| [b"<", request, b">"].concat()).expect("served");
        let text = String::from_utf8(output).expect("text");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert_eq!((lines[0], lines[2]), ("<one>", "<two>"));
        assert!(lines[1].contains("\"code\":\"request_too_large\""), "{}", lines[1]);
    }
}
