//! The wire: messages framed by `Content-Length`, read and written by threads of their own.
//!
//! The protocol loop never touches a file descriptor, so neither a client that stops reading nor one that never closes
//! its end can stop it. A body that is no JSON costs one error reply, not the connection.

use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};

/// A body longer than this is skipped: no draft comes near it, and a length is only a number that somebody sent.
const MAX_BODY: usize = 256 << 20;
/// The same for one line of a header.
const MAX_HEADER: u64 = 8 << 10;

/// What came in.
#[derive(Debug, PartialEq)]
pub enum Incoming {
    /// A JSON value.
    Message(Value),
    /// A body that is not JSON, and why.
    Malformed(String),
}

/// Reads messages from a stream.
#[derive(Debug)]
pub struct Reader<R>(BufReader<R>);

impl<R: Read> Reader<R> {
    /// Reads from `stream`.
    pub fn new(stream: R) -> Self {
        Reader(BufReader::with_capacity(64 << 10, stream))
    }

    /// The next message; `None` at the end of the stream.
    pub fn next(&mut self) -> io::Result<Option<Incoming>> {
        let Some(length) = self.header()? else { return Ok(None) };
        if length > MAX_BODY {
            io::copy(&mut (&mut self.0).take(length as u64), &mut io::sink())?;
            return Ok(Some(Incoming::Malformed(format!("a body of {length} bytes is too long"))));
        }
        let mut body = vec![0; length];
        match self.0.read_exact(&mut body) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        Ok(Some(match serde_json::from_slice(&body) {
            Ok(value) => Incoming::Message(value),
            Err(error) => Incoming::Malformed(error.to_string()),
        }))
    }

    /// The length that the next header gives; lines that are no header are skipped, so that a stray line from a
    /// wrapper script does not end the session.
    fn header(&mut self) -> io::Result<Option<usize>> {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            if (&mut self.0).take(MAX_HEADER).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&line);
            let line = line.trim();
            match line.split_once(':') {
                Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().ok();
                }
                _ if line.is_empty() && length.is_some() => return Ok(length),
                _ => {}
            }
        }
    }
}

/// Writes one message.
pub fn write(stream: &mut impl Write, body: &[u8]) -> io::Result<()> {
    write!(stream, "Content-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(body)?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn all(bytes: &str) -> Vec<Incoming> {
        let mut reader = Reader::new(bytes.as_bytes());
        std::iter::from_fn(|| reader.next().unwrap()).collect()
    }

    #[test]
    fn reads_frames_and_survives_what_is_none() {
        let mut good = Vec::new();
        write(&mut good, br#"{"a":"\u00e9"}"#).unwrap();
        let good = String::from_utf8(good).unwrap();
        let message = Incoming::Message(json!({"a": "é"}));
        assert_eq!(all(&good), [message]);
        assert_eq!(all(&format!("{good}{good}")).len(), 2);
        assert_eq!(all(&format!("stray: line\r\n\r\n{good}")).len(), 1, "a stray line before the header");
        assert_eq!(all("content-length:2\r\nContent-Type: x\r\n\r\n{}"), [Incoming::Message(json!({}))]);
        let bad = all(&format!("Content-Length: 3\r\n\r\n{{]}}{good}"));
        assert!(matches!(bad[..], [Incoming::Malformed(_), Incoming::Message(_)]), "{bad:?}");
        assert_eq!(all("Content-Length: 99\r\n\r\n{}"), [], "cut off");
        assert_eq!(all(""), []);
    }
}
