//! `adr-lens lens pages`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{CLEAN, FOUND, Outcome, sound, terminal};
use crate::pages::{GENERATED, Page, pages};
use crate::workspace::Configurations;

/// The table of contents: what stands in it above the generated part is somebody's own and stays.
const SUMMARY: &str = "SUMMARY.md";

#[derive(Args)]
pub struct Pages {
    /// The folder of the book
    #[arg(default_value = "docs")]
    folder: PathBuf,
    /// Change nothing; say which pages are not as they would be written
    #[arg(long)]
    check: bool,
}

impl Pages {
    /// 1 when pages were to be checked and are not current.
    pub fn run(self, lenses: &Configurations) -> Outcome {
        let lens = lenses.lens_for(Path::new("."));
        let today = jiff::Zoned::now().date();
        let mut written = pages(&lens, today);
        for page in written.iter_mut().filter(|page| page.path == SUMMARY) {
            page.text = with_its_head(&self.folder.join(SUMMARY), page);
        }
        let stale: Vec<&Page> = written.iter().filter(|page| !self.is_current(page)).collect();
        let wanted: BTreeSet<PathBuf> = written.iter().map(|page| self.folder.join(&page.path)).collect();
        let mut old = Vec::new();
        for part in ["rules", "engines"] {
            generated(&self.folder.join(part), &mut old);
        }
        old.retain(|path| !wanted.contains(path));
        if self.check {
            let changed = stale.iter().map(|page| self.folder.join(&page.path));
            let told: Vec<String> = changed.chain(old).map(|path| path.display().to_string()).collect();
            if told.is_empty() {
                return sound(lenses, CLEAN);
            }
            terminal::print(&format!(
                "{}\n{} pages are not current; `adr-lens lens pages {}` writes them",
                told.join("\n"),
                told.len(),
                self.folder.display()
            ))?;
            return sound(lenses, FOUND);
        }
        for page in &stale {
            let path = self.folder.join(&page.path);
            write(&path, &page.text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        for path in &old {
            std::fs::remove_file(path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        let (changed, all) = (stale.len() + old.len(), written.len());
        terminal::print(&format!("{}: {all} pages, {changed} changed", self.folder.display()))?;
        sound(lenses, CLEAN)
    }

    fn is_current(&self, page: &Page) -> bool {
        std::fs::read_to_string(self.folder.join(&page.path)).is_ok_and(|text| text == page.text)
    }
}

/// The generated part of the table of contents behind what is written above it by hand.
fn with_its_head(path: &Path, page: &Page) -> String {
    let held = std::fs::read_to_string(path).unwrap_or_default();
    let head = match held.split_once(GENERATED) {
        Some((head, _)) => head,
        None if held.is_empty() => "# Summary\n\n",
        None => return format!("{}\n\n{}", held.trim_end(), page.text),
    };
    format!("{head}{}", page.text)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

/// The pages below a folder that were generated.
fn generated(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            generated(&path, found);
        } else if std::fs::read_to_string(&path).is_ok_and(|text| text.starts_with(GENERATED)) {
            found.push(path);
        }
    }
}
