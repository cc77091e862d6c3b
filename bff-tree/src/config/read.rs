use std::ops::Range;

use toml::de::DeTable;

use super::{
    fields::{Fields, Keys},
    headers::headers,
    loops::loops,
    model::Config,
    page::Page,
    reach::dead_policies,
    redirects::redirect,
    rewrites::rewrites,
    rules::rules,
    security_headers::security_headers,
    server::server,
    shadows::shadows,
    unserved::unserved,
    upstreams::{names, upstreams},
};
use crate::{Code, Diagnostics, RouteTree};

const KEYS: Keys = Keys {
    table: "`bff.toml`",
    known: &[
        "server",
        "security_headers",
        "upstreams",
        "redirects",
        "rewrites",
        "headers",
        "rules",
    ],
    later: &["stores"],
    elsewhere: &[
        ("base_path", "write it below `[server]`"),
        ("basePath", "write `base_path` below `[server]`"),
        ("trailing_slash", "write it below `[server]`"),
        ("trailingSlash", "write `trailing_slash` below `[server]`"),
        ("body_limit", "write it below `[server]`"),
        ("timeout", "write it below `[server]`"),
        ("trusted_proxies", "write it below `[server]`"),
        ("rule", "write `[[rules]]`"),
        ("upstream", "write `[upstreams]`, with a line for each"),
        ("before", "write `[[rewrites.before]]`"),
        ("after", "write `[[rewrites.after]]`"),
        ("fallback", "write `[[rewrites.fallback]]`"),
    ],
};

/// Reads `bff.toml`, and holds what it says against the routes.
///
/// Whether a path is served is only asked of an app whose files are without mistakes: a route that was not
/// understood would be missed.
pub(crate) fn read(
    path: &str,
    text: &str,
    tree: &RouteTree,
    public: &[String],
    diagnostics: &mut Diagnostics,
) -> Config {
    let is_tree_right = diagnostics.for_tree().all(|mistake| mistake.location.file == path);
    let mut page = Page::new(path, text, diagnostics);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        syntax(errors, &mut page);
        return Config { upstreams: names(table.get_ref()), ..Config::default() };
    }
    let config = of_table(&Fields::of_file(table.get_ref()), &mut page);
    loops(&config, &mut page);
    shadows(&config, &mut page);
    if is_tree_right {
        unserved(&config, tree, public, &mut page);
        dead_policies(&config, tree, &mut page);
    }
    config
}

fn of_table(fields: &Fields<'_>, page: &mut Page<'_>) -> Config {
    let mut config = Config::default();
    fields.check(&KEYS, page);
    if let Some(value) = fields.get("server") {
        server(value, &mut config, page);
    }
    if let Some(value) = fields.get("security_headers") {
        config.security_headers = security_headers(value, page);
    }
    if let Some(value) = fields.get("upstreams") {
        config.upstreams = upstreams(value, page);
    }
    let form = "write `[[redirects]]` above the keys of each";
    let items = fields.items("redirects", form, page);
    config.redirects = items.iter().filter_map(|item| redirect(item, page)).collect();
    if let Some(value) = fields.get("rewrites") {
        rewrites(value, &mut config, page);
    }
    let form = "write `[[headers]]` above the keys of each";
    let items = fields.items("headers", form, page);
    config.headers = items.iter().filter_map(|item| headers(item, page)).collect();
    let items = fields.items("rules", "write `[[rules]]` above the keys of each", page);
    config.rules = rules(items, page);
    config
}

/// What the parser found, once a line: what follows a mistake on its line is often its consequence.
fn syntax(errors: Vec<toml::de::Error>, page: &mut Page<'_>) {
    let mut lines = Vec::new();
    for error in errors {
        let at: Range<usize> = error.span().unwrap_or(0..0);
        let line = page.place(at.start).line;
        if lines.contains(&line) {
            continue;
        }
        lines.push(line);
        page.mistake(
            Code::ConfigSyntax,
            at,
            format!("this is not TOML: {}", error.message().replace('\n', "; ")),
            "correct it; strings are in quotes, `\"…\"`, or in `'…'` where a backslash is a backslash",
        );
    }
}
