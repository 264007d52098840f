//! `adr-lens recommend`

use std::io::Read;
use std::path::PathBuf;

use clap::Args;

use super::read::Format;
use super::{CLEAN, Outcome, terminal};
use crate::lens::Lens;
use crate::reading::Reading;
use crate::report;
use crate::review::recommend;
use crate::syntax::Language;
use crate::text::{Source, decode};

#[derive(Args)]
pub struct Recommend {
    /// A record, or any text that says what is needed; `-` is standard input
    #[arg(default_value = "-")]
    path: PathBuf,
    /// Rank only the engines of this vendor (such as amazon, google, microsoft)
    #[arg(long, value_name = "VENDOR")]
    among: Option<String>,
    /// How the ranking is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Recommend {
    /// What it reads: its lens ranks.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    pub fn run(self, lens: &'static Lens) -> Outcome {
        let bytes = if self.path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(&self.path)
        };
        let shown = self.path.display();
        let text =
            decode(bytes.map_err(|error| format!("{shown}: {error}"))?).map_err(|error| format!("{shown}: {error}"))?;
        if let Some(vendor) = &self.among
            && !lens.engines.iter().any(|engine| engine.vendor == *vendor)
        {
            let mut vendors: Vec<&str> = lens.engines.iter().map(|engine| engine.vendor.as_str()).collect();
            vendors.sort_unstable();
            vendors.dedup();
            return Err(format!(
                "no engine of vendor `{vendor}` in the lens; there are {}",
                vendors.join(", ")
            )
            .into());
        }
        let source = Source::new(text.text);
        let language = self
            .path
            .extension()
            .and_then(|extension| Language::of_extension(extension.to_str()?));
        let reading = Reading::of(&source.text, language.unwrap_or(Language::Markdown), lens);
        let admits = |engine: &crate::lens::Engine| self.among.as_ref().is_none_or(|vendor| engine.vendor == *vendor);
        let recommendation = recommend(&reading, lens, admits);
        let text = match self.format {
            Format::Text => report::recommend_text(&source, &reading, &recommendation, lens),
            Format::Json => report::recommend_json(&source, &reading, &recommendation, lens),
        };
        terminal::print(&text)?;
        Ok(CLEAN)
    }
}
