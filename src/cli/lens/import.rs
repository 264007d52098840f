//! `adr-lens lens import`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{CLEAN, Failure, Outcome, sound, terminal, told};
use crate::report::shown;
use crate::well_architected::{Imported, LARGEST, import};
use crate::workspace::Configurations;

#[derive(Args)]
pub struct Import {
    /// The JSON of a custom lens of the AWS Well-Architected Tool
    file: PathBuf,
    /// The folder to write; one of the name of the lens, here, when none is named
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

impl Import {
    /// Writes a lens folder; one that is there already is left as it is.
    pub fn run(self, lenses: &Configurations) -> Outcome {
        let name = shown(&self.file);
        let text = read(&self.file).map_err(|why| format!("{name}: {why}"))?;
        let lens = lenses.lens_for(Path::new("."));
        let today = jiff::Zoned::now().date();
        let imported = import(&name, &text, &lens, today).map_err(|problems| Failure(told(&problems)))?;
        let folder = self.into.unwrap_or_else(|| PathBuf::from(&imported.slug));
        if !imported.files.is_empty() {
            if folder.exists() {
                let shown = shown(&folder);
                return Err(
                    format!("{shown} is there already; it was left as it is (--into names another folder)").into(),
                );
            }
            for (inside, text) in &imported.files {
                let path = folder.join(inside);
                write(&path, text).map_err(|error| format!("{}: {error}", shown(&path)))?;
            }
        }
        terminal::print(&summary(&imported, &shown(&folder)))?;
        sound(lenses, CLEAN)
    }
}

fn read(file: &Path) -> Result<String, String> {
    let size = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if size > LARGEST as u64 {
        return Err(format!(
            "{} KB; a custom lens has at most {} KB",
            size / 1000,
            LARGEST / 1000
        ));
    }
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| format!("not valid UTF-8 at byte {}", error.utf8_error().valid_up_to()))
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

fn summary(imported: &Imported, folder: &str) -> String {
    let mut out = format!("{}\n", imported.name);
    for mapped in &imported.mapped {
        out.push_str(&format!("  {}: {}\n", mapped.id, mapped.to.join(", ")));
    }
    for changed in &imported.changed {
        out.push_str(&format!("  {changed}: in place of ours\n"));
    }
    let counts = [
        (imported.mapped.len(), "answered by what the lens knows"),
        (imported.people, "for people"),
        (imported.changed.len(), "of ours, changed"),
        (imported.unchanged, "of ours, as they are"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    out.push_str(&format!("questions: {}\n", counts.join(", ")));
    if !imported.unknown_keys.is_empty() {
        out.push_str(&format!(
            "left out, no part of the format: {}\n",
            imported.unknown_keys.join(", ")
        ));
    }
    if imported.files.is_empty() {
        out.push_str("nothing was written: the lens in force asks all of them\n");
    } else {
        out.push_str(&format!(
            "wrote {folder}; add it to `extends` in adr-lens.toml, and try `adr-lens lens check`\n"
        ));
    }
    out
}
