mod document;
mod reader;
mod schema;
mod split;
mod text;
