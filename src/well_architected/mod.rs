//! Custom lenses of the AWS Well-Architected Tool: the JSON of one → files of a lens (`import`), the checklist of a lens → the JSON of
//! one (`export`). Pure: texts in, texts out. The published constraints are `schemas/well-architected-lens.schema.json`.

mod export;
mod format;
mod import;
mod mapping;
mod read;

pub use export::{Exported, Wanted, export};
pub use import::{Imported, Mapped, import};
pub use read::LARGEST;
