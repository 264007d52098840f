//! A client that is gone without a word: when its process is, and somebody else holds our input open, no end of input will tell.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often we look.
const PAUSE: Duration = Duration::from_secs(1);

/// Waits until the process of the client is gone. Only where the system keeps a folder of processes, and only for one that is there
/// now: a client in another container names a process that never was here.
pub(super) async fn gone(process: Option<u32>) {
    let folder = process.map(folder).filter(|folder| folder.exists());
    let Some(folder) = folder else {
        return std::future::pending().await;
    };
    while is_running(&folder) {
        tokio::time::sleep(PAUSE).await;
    }
}

fn folder(process: u32) -> PathBuf {
    PathBuf::from(format!("/proc/{process}"))
}

/// A process that has ended stays on the list until its parent looks: a zombie.
fn is_running(folder: &Path) -> bool {
    let Ok(stat) = std::fs::read_to_string(folder.join("stat")) else {
        return folder.exists();
    };
    // The name of the program stands in parentheses before the state, and may hold some itself.
    let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start().chars().next());
    state.flatten() != Some('Z')
}
