//! Importers of other formats: what they make of files that we wrote, and of files made to do harm.

mod archive;
mod docx;
mod golden;
mod html;
mod html_layouts;
mod markdown;
mod marks;
mod odt;
mod old_text;
mod zips;
