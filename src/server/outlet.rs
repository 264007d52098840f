//! A way out for notifications that must not be overtaken: what is sent before an answer is made goes before it.
//!
//! tower-lsp-server merges notifications and answers from two queues and takes from either as it pleases, so that the last part of a
//! result may come behind the answer, where clients no longer listen. These notifications go past it, into the one queue that leads to
//! the client.

use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc::{Sender, WeakSender};

use super::wire::framed;

/// Cheap to clone. It does not hold the queue open: when the session is over, what is sent is lost.
#[derive(Clone)]
pub(super) struct Outlet(WeakSender<Vec<u8>>);

impl Outlet {
    pub fn of(queue: &Sender<Vec<u8>>) -> Outlet {
        Outlet(queue.downgrade())
    }

    /// Waits until the queue takes the notification.
    pub async fn notify(&self, method: &str, params: &impl Serialize) {
        let message = json!({"jsonrpc": "2.0", "method": method, "params": params});
        if let Some(queue) = self.0.upgrade() {
            // Nobody reads what is sent after the end.
            let _ = queue.send(framed(message.to_string().as_bytes())).await;
        }
    }
}
