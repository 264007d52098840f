//! A client that speaks the protocol over a pipe and keeps what it is sent until somebody asks for it.

use std::collections::VecDeque;
use std::time::Duration;

use adr_lens::server::{Ending, Setup, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

/// No wait in a test is longer.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Client {
    output: DuplexStream,
    input: UnboundedReceiver<Value>,
    seen: VecDeque<Value>,
    last_id: i64,
    ended: JoinHandle<Ending>,
    /// What the server said it can do.
    pub offered: Value,
}

pub fn setup() -> Setup {
    let base = adr_lens::workspace::Base::builtin().unwrap_or_else(|problems| panic!("{}", problems[0]));
    Setup {
        patience: Duration::from_secs(2),
        ..Setup::new(base, adr_lens::workspace::From::Nearest)
    }
}

/// What most editors can do; pushed diagnostics.
pub fn capabilities() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true, "dataSupport": true,
                "tagSupport": {"valueSet": [1, 2]}
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}}}
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}}
    })
}

/// The same with pulled diagnostics.
pub fn pulling() -> Value {
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities
}

impl Client {
    /// Connected, and nothing said yet.
    pub fn connect(setup: Setup) -> Client {
        let (output, server_input) = tokio::io::duplex(1 << 16);
        let (server_output, client_input) = tokio::io::duplex(1 << 16);
        let ended = tokio::spawn(serve(setup, server_input, server_output));
        let (sender, input) = unbounded_channel();
        tokio::spawn(async move {
            let mut reader = BufReader::new(client_input);
            while let Some(message) = read(&mut reader).await {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client {
            output,
            input,
            seen: VecDeque::new(),
            last_id: 0,
            ended,
            offered: Value::Null,
        }
    }

    /// Connected and initialized.
    pub async fn start(setup: Setup, capabilities: Value, options: Value) -> Client {
        let mut client = Client::connect(setup);
        let params =
            json!({"processId": null, "rootUri": null, "capabilities": capabilities, "initializationOptions": options});
        client.offered = client.request("initialize", params).await.expect("the server begins")["capabilities"].clone();
        client.notify("initialized", json!({})).await;
        client
    }

    pub async fn pushed() -> Client {
        Client::start(setup(), capabilities(), Value::Null).await
    }

    pub async fn send(&mut self, message: Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())
            .await;
    }

    pub async fn raw(&mut self, bytes: &[u8]) {
        tokio::time::timeout(PATIENCE, self.output.write_all(bytes))
            .await
            .expect("the server reads")
            .expect("an open pipe");
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}))
            .await;
    }

    /// Sends a request without waiting; its id.
    pub async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
            .await;
        id
    }

    pub async fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let message = self
            .next(|message| message["id"] == id && message.get("method").is_none())
            .await;
        message
            .get("error")
            .map_or(Ok(message["result"].clone()), |error| Err(error.clone()))
    }

    pub async fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    /// The params of the next notification of this name.
    pub async fn notification(&mut self, method: &str) -> Value {
        self.next(|message| message["method"] == method && message.get("id").is_none())
            .await["params"]
            .clone()
    }

    /// The next request of the server of this name: its id and params.
    pub async fn asked(&mut self, method: &str) -> (Value, Value) {
        let message = self
            .next(|message| message["method"] == method && message.get("id").is_some())
            .await;
        (message["id"].clone(), message["params"].clone())
    }

    pub async fn reply(&mut self, id: Value, result: Value) {
        self.send(json!({"jsonrpc": "2.0", "id": id, "result": result})).await;
    }

    /// The next message that fits; others are kept in their order.
    pub async fn next(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.seen.iter().position(&fits) {
            return self.seen.remove(at).unwrap_or_default();
        }
        loop {
            let waited = tokio::time::timeout(PATIENCE, self.input.recv()).await;
            let message = waited
                .unwrap_or_else(|_| panic!("nothing came; kept: {:?}", self.seen))
                .expect("an open pipe");
            if fits(&message) {
                return message;
            }
            self.seen.push_back(message);
        }
    }

    /// The params of the notifications of this name that came before what was waited for last.
    pub fn came(&mut self, method: &str) -> Vec<Value> {
        let is_wanted = |message: &Value| message["method"] == method && message.get("id").is_none();
        let (wanted, others) = self.seen.drain(..).partition(is_wanted);
        self.seen = others;
        let wanted: VecDeque<Value> = wanted;
        wanted.into_iter().map(|message| message["params"].clone()).collect()
    }

    /// Everything that came until the server has answered one more request, and for a while after.
    pub async fn all(&mut self, pause: Duration) -> Vec<Value> {
        tokio::time::sleep(pause).await;
        let id = self.ask("adrLens/text", json!({"uri": "file:///none.md"})).await;
        let _ = self.answer(id).await;
        self.seen.drain(..).collect()
    }

    pub async fn open(&mut self, uri: &str, version: i64, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}))
            .await;
    }

    pub async fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
        self.notify("textDocument/didChange", params).await;
    }

    /// Puts a whole text in place of what was.
    pub async fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change(uri, version, json!([{"text": text}])).await;
    }

    /// What the server holds: the version and the text.
    pub async fn text(&mut self, uri: &str) -> (i64, String) {
        let held = self
            .request("adrLens/text", json!({"uri": uri}))
            .await
            .expect("an answer");
        (
            held["version"].as_i64().unwrap_or(-1),
            held["text"].as_str().unwrap_or_default().to_owned(),
        )
    }

    /// The published diagnostics of one version.
    pub async fn published(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let fits = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["version"] == version
        };
        self.next(fits).await["params"]["diagnostics"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    pub async fn hover(&mut self, uri: &str, position: Value) -> Value {
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        self.request("textDocument/hover", params).await.expect("a hover")
    }

    pub async fn code_actions(&mut self, uri: &str, range: Value, context: Value) -> Vec<Value> {
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        let found = self
            .request("textDocument/codeAction", params)
            .await
            .expect("code actions");
        found.as_array().cloned().unwrap_or_default()
    }

    /// Ends the session as the protocol demands.
    pub async fn end(mut self) -> Ending {
        self.request("shutdown", Value::Null).await.expect("a shutdown");
        self.notify("exit", Value::Null).await;
        self.ended().await
    }

    /// Waits for the end, with our own end of the pipe still open.
    pub async fn ended(self) -> Ending {
        tokio::time::timeout(PATIENCE, self.ended)
            .await
            .expect("the server ends")
            .expect("no panic")
    }

    /// Leaves without a word.
    pub async fn leave(self) -> Ending {
        let Client { output, ended, .. } = self;
        drop(output);
        tokio::time::timeout(PATIENCE, ended)
            .await
            .expect("the server ends")
            .expect("no panic")
    }
}

async fn read(reader: &mut BufReader<DuplexStream>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).await.ok()?;
    serde_json::from_slice(&body).ok()
}
