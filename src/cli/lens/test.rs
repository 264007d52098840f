//! `adr-lens lens test`

use std::path::PathBuf;

use clap::Args;

use crate::cli::{CLEAN, FOUND, Outcome, sound, terminal};
use crate::review::hold;
use crate::workspace::Configurations;

#[derive(Args)]
pub struct Test {
    /// Lens files, or folders of a lens; the adr-lens.toml in force here when none is named
    paths: Vec<PathBuf>,
}

impl Test {
    /// 0 when every case is as it says, 1 when one is not.
    pub fn run(self, lenses: &Configurations) -> Outcome {
        let today = jiff::Zoned::now().date();
        let (mut held, mut missed) = (0, 0);
        let mut out = String::new();
        for in_force in super::named(&self.paths, lenses)? {
            let Some(loaded) = in_force.loaded() else { continue };
            for test in &loaded.cases {
                let lens = loaded.lens_for(test.case.path.as_deref().unwrap_or_default());
                let Some(why) = hold(&test.case, &lens, today) else {
                    held += 1;
                    continue;
                };
                missed += 1;
                out.push_str(&format!("{}: {}\n", test.place, test.case.name));
                for (rules, word) in [(why.silent, "does not find"), (why.unexpected, "finds besides")] {
                    for rule in rules {
                        out.push_str(&format!("  {word} {rule}\n"));
                    }
                }
            }
        }
        out.push_str(&format!("{held} as they say, {missed} not\n"));
        terminal::print(&out)?;
        sound(lenses, if missed > 0 { FOUND } else { CLEAN })
    }
}
