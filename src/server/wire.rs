//! Bytes of a client → messages that the protocol layer can decode; anything else is answered here, with the error JSON-RPC demands.
//!
//! tower-lsp-server ends its session at the first frame it cannot decode (tokio-util's `FramedRead` ends after an error), and never
//! answers an unknown request whose name begins with `$/`. So every frame passes this gate first.

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::mpsc::{Receiver, Sender};
use tower_lsp::jsonrpc::{ErrorCode, Response};

/// No message is larger, in bytes; a larger one is read past and refused.
const LARGEST: u64 = 256 << 20;
/// Of a header line, no more is kept.
const LONGEST_HEADER: usize = 4096;
const CONTENT_LENGTH: &str = "content-length";

/// One frame as it came.
enum Frame {
    Body(Vec<u8>),
    /// The same, with bytes before its header that belong to nothing.
    Trailing(Vec<u8>),
    /// Bytes without a header that says how long they are.
    Headless,
    TooLarge,
}

/// Passes well-formed messages on to the protocol layer and answers the others, until the client's stream ends.
pub(super) async fn admit(
    input: impl AsyncRead + Unpin,
    mut server: impl AsyncWrite + Unpin,
    outgoing: Sender<Vec<u8>>,
) {
    let mut input = BufReader::new(input);
    while let Ok(Some(frame)) = read_frame(&mut input).await {
        let headless = || refusal(&Value::Null, ErrorCode::ParseError, "no valid Content-Length header");
        if matches!(frame, Frame::Trailing(_)) && outgoing.send(framed(&headless())).await.is_err() {
            return;
        }
        let verdict = match frame {
            Frame::Body(body) | Frame::Trailing(body) => inspect(&body),
            Frame::Headless => Err(headless()),
            Frame::TooLarge => Err(refusal(&Value::Null, ErrorCode::InvalidRequest, "message too large")),
        };
        let passed = match verdict {
            Ok(message) => server.write_all(&framed(&message)).await.is_ok(),
            Err(answer) => outgoing.send(framed(&answer)).await.is_ok(),
        };
        if !passed {
            return;
        }
    }
}

/// Collects the messages of the protocol layer, each whole, so that our own answers go between them.
pub(super) async fn collect(server: impl AsyncRead + Unpin, outgoing: Sender<Vec<u8>>) {
    let mut server = BufReader::new(server);
    while let Ok(Some(frame)) = read_frame(&mut server).await {
        if let Frame::Body(body) = frame
            && outgoing.send(framed(&body)).await.is_err()
        {
            return;
        }
    }
}

/// Writes messages to the client in the order they come, until all senders are gone or the client is.
pub(super) async fn deliver(mut messages: Receiver<Vec<u8>>, mut output: impl AsyncWrite + Unpin) {
    while let Some(message) = messages.recv().await {
        if output.write_all(&message).await.is_err() || (messages.is_empty() && output.flush().await.is_err()) {
            return;
        }
    }
    // A client that has gone takes nothing any more.
    let _ = output.flush().await;
}

pub(super) fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend_from_slice(body);
    message
}

fn refusal(id: &Value, code: ErrorCode, why: &str) -> Vec<u8> {
    let message = format!("{}: {why}", code.description());
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code.code(), "message": message}})
        .to_string()
        .into_bytes()
}

/// The message as the protocol layer will surely decode it, or the answer to it.
fn inspect(body: &[u8]) -> Result<Vec<u8>, Vec<u8>> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| refusal(&Value::Null, ErrorCode::ParseError, &error.to_string()))?;
    let invalid = |id: &Value, why: &str| Err(refusal(id, ErrorCode::InvalidRequest, why));
    let Some(message) = value.as_object() else {
        return invalid(
            &Value::Null,
            "a message is one object (there are no batches in the Language Server Protocol)",
        );
    };
    let id = message.get("id").unwrap_or(&Value::Null);
    let id_is_valid = id.is_null() || id.is_string() || id.is_i64();
    let id = if id_is_valid { id } else { &Value::Null };
    if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") || !id_is_valid {
        return invalid(id, "`jsonrpc` is not \"2.0\", or `id` is no integer or string");
    }
    match message.get("method") {
        Some(Value::String(method)) if method.starts_with("$/") && message.contains_key("id") => {
            Err(refusal(id, ErrorCode::MethodNotFound, method))
        }
        Some(Value::String(_)) => Ok(value.to_string().into_bytes()),
        None if Response::deserialize(&value).is_ok() => Ok(value.to_string().into_bytes()),
        _ => invalid(id, "neither a request, nor a notification, nor a response"),
    }
}

/// The next frame; nothing at the end of the stream. Headers are read leniently: any case, unknown ones passed over.
async fn read_frame(input: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Option<Frame>> {
    let mut length = None;
    let mut garbage = false;
    loop {
        let Some(line) = read_line(input).await? else {
            return Ok(garbage.then_some(Frame::Headless));
        };
        let line = String::from_utf8_lossy(&line).trim().to_ascii_lowercase();
        if line.is_empty() {
            match length {
                Some(length) => return body(input, length, garbage).await,
                None if garbage => return Ok(Some(Frame::Headless)),
                None => continue,
            }
        }
        // Bytes without a header may run into the header behind them.
        match line
            .find(CONTENT_LENGTH)
            .and_then(|at| Some((at, line.get(at..)?.split_once(':')?.1.trim().parse().ok()?)))
        {
            Some((0, number)) => length = Some(number),
            Some((_, number)) => (length, garbage) = (Some(number), true),
            None => garbage |= !is_header(&line) || line.starts_with(CONTENT_LENGTH),
        }
    }
}

fn is_header(line: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    line.split_once(':').is_some_and(|(name, _)| is_name(name))
}

async fn body(
    input: &mut (impl AsyncBufReadExt + Unpin),
    length: u64,
    garbage: bool,
) -> std::io::Result<Option<Frame>> {
    if length > LARGEST {
        let passed = tokio::io::copy(&mut (&mut *input).take(length), &mut tokio::io::sink()).await?;
        return Ok((passed == length).then_some(Frame::TooLarge));
    }
    // Grows as bytes come: a length is a claim.
    let mut body = Vec::new();
    let read = (&mut *input).take(length).read_to_end(&mut body).await?;
    Ok((read as u64 == length).then_some(if garbage {
        Frame::Trailing(body)
    } else {
        Frame::Body(body)
    }))
}

/// A line without its end, cut to what a header can be; nothing at the end of the stream.
async fn read_line(input: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut any = false;
    loop {
        let available = input.fill_buf().await?;
        if available.is_empty() {
            return Ok(any.then_some(line));
        }
        any = true;
        let end = available.iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(available.len(), |end| end + 1);
        line.extend(available.iter().take(end.unwrap_or(taken)));
        // What runs into a header stands before it, so the tail is what counts.
        let excess = line.len().saturating_sub(LONGEST_HEADER);
        line.drain(..excess);
        input.consume(taken);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn frames(input: &str) -> Vec<String> {
        let mut input = BufReader::new(input.as_bytes());
        let mut found = Vec::new();
        while let Ok(Some(frame)) = read_frame(&mut input).await {
            found.push(match frame {
                Frame::Body(body) => String::from_utf8_lossy(&body).into_owned(),
                Frame::Trailing(body) => format!("…{}", String::from_utf8_lossy(&body)),
                Frame::Headless => "headless".to_owned(),
                Frame::TooLarge => "too large".to_owned(),
            });
        }
        found
    }

    #[tokio::test]
    async fn frames_are_found_again_after_garbage() {
        let good = "content-length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}";
        assert_eq!(frames(&format!("{good}{good}")).await, ["{}", "{}"]);
        assert_eq!(frames(&format!("\r\n\r\n{good}")).await, ["{}"]);
        assert_eq!(frames(&format!("GET / HTTP\r\n\r\n{good}")).await, ["headless", "{}"]);
        assert_eq!(
            frames(&format!("Content-Length: many\r\n\r\n{good}")).await,
            ["headless", "{}"]
        );
        assert_eq!(frames(&format!("{{\"a\": 1}}{good}")).await, ["…{}"]);
        assert_eq!(frames("Content-Length: 5\r\n\r\n{}").await, Vec::<String>::new());
    }

    #[test]
    fn what_the_layer_below_cannot_decode_is_refused() {
        let code = |body: &str| {
            let answer = inspect(body.as_bytes()).expect_err("a refusal");
            serde_json::from_slice::<Value>(&answer).expect("JSON")["error"]["code"].as_i64()
        };
        assert_eq!(code("{\"jsonrpc\": \"2.0\", \"method\": "), Some(-32700));
        assert_eq!(code("\u{0}"), Some(-32700));
        assert_eq!(code("[]"), Some(-32600));
        assert_eq!(
            code("{\"jsonrpc\": \"2.0\", \"id\": 1.5, \"method\": \"x\"}"),
            Some(-32600)
        );
        assert_eq!(code("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": 7}"), Some(-32600));
        assert_eq!(code("{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": 7}"), Some(-32600));
        assert_eq!(
            code("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"$/unknown\"}"),
            Some(-32601)
        );
        assert!(inspect(b"{\"jsonrpc\": \"2.0\", \"method\": \"a\", \"method\": \"$/b\"}").is_ok());
    }
}
