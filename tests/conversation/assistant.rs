//! An assistant: `adr-lens mcp` and its calls, a line each.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::support::AS_OF;

pub struct Assistant {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    calls: u64,
}

impl Assistant {
    /// A server that may read one folder.
    pub fn start(root: &str) -> Assistant {
        let mut process = Command::new(env!("CARGO_BIN_EXE_adr-lens"))
            .args(["mcp", root, "--as-of", AS_OF])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let mut assistant = Assistant {
            process,
            input,
            output,
            calls: 0,
        };
        let client = json!({"name": "tests", "version": "1"});
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
        let info = assistant.request("initialize", hello);
        assert_eq!(info["serverInfo"]["name"], "adr-lens");
        assistant.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        assistant
    }

    /// The structured result of a tool.
    pub fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let mut result = self.request("tools/call", json!({"name": tool, "arguments": arguments}));
        assert_ne!(result["isError"], true, "{tool}: {result}");
        result["structuredContent"].take()
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.calls += 1;
        let id = self.calls;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("a line");
            assert!(read > 0, "the server left at {method}");
            let mut message: Value = serde_json::from_str(&line).expect("JSON");
            if message["id"] == id {
                assert_eq!(message["error"], Value::Null, "{method}");
                return message["result"].take();
            }
        }
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input, "{message}").expect("a server that reads");
    }
}

impl Drop for Assistant {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
