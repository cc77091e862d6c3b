use std::collections::BTreeMap;

use super::{
    Mistake,
    findings::Findings,
    page::Page,
    sidecars::{HEADERS, OWN, REDIRECTS},
};

/// Two sources of one file, files where a folder has to be, and names that the sidecars have (EX-14, RH-336). What
/// collides is left out of the pages, so that it is told once.
pub(super) fn collisions(pages: &mut Vec<Page>, has_redirects: bool, findings: &mut Findings) {
    let mut files: BTreeMap<&str, &Page> = BTreeMap::new();
    for page in pages.iter().rev() {
        // Of two the first stays.
        files.insert(&page.file, page);
    }
    let mut stay = Vec::new();
    for page in pages.iter() {
        let mistake = twice(page, &files)
            .or_else(|| below_a_file(page, &files))
            .or_else(|| of_a_sidecar(page, has_redirects));
        stay.push(mistake.is_none());
        mistake.into_iter().for_each(|mistake| findings.refuse(mistake));
    }
    let mut stay = stay.into_iter();
    pages.retain(|_| stay.next().unwrap_or(false));
}

fn twice(page: &Page, files: &BTreeMap<&str, &Page>) -> Option<Mistake> {
    let first = files.get(&*page.file).filter(|first| !std::ptr::eq(**first, page))?;
    Some(Mistake::new(
        &page.source,
        format!("`{}` would be written for `{}` as well", page.file, first.source),
        "rename one of the two, so that each URL has a file of its own",
    ))
}

fn below_a_file(page: &Page, files: &BTreeMap<&str, &Page>) -> Option<Mistake> {
    let (folder, outer) = folders(&page.file).find_map(|it| Some((it, files.get(it)?)))?;
    Some(Mistake::new(
        &page.source,
        format!(
            "`{}` needs a folder `{folder}`, and `{}` is a file of that name, made of `{}`",
            page.path, outer.path, outer.source
        ),
        format!(
            "name a file in the URL of one of them: a route folder `{folder}.json`, or `{folder}/index.json`"
        ),
    ))
}

fn of_a_sidecar(page: &Page, has_redirects: bool) -> Option<Mistake> {
    let file = &page.file;
    let help = sidecar(file, has_redirects)?;
    let message = format!("`{file}` is the name of a file that every export has");
    Some(Mistake::new(&page.source, message, help))
}

/// The folders that a file needs, the outermost first.
fn folders(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(slash, _)| &file[..slash])
}

/// What to do about a file with the name of a sidecar.
fn sidecar(file: &str, has_redirects: bool) -> Option<&'static str> {
    match file {
        HEADERS => Some("write its lines as `[[headers]]` in `bff.toml`, and remove it"),
        REDIRECTS if has_redirects => {
            Some("write its lines as `[[redirects]]` in `bff.toml`, and remove it")
        }
        _ if file == OWN || file.split('/').next() == Some(OWN) => {
            Some("rename it: URLs that begin with `/_bff` are kept for bff")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::page::PageKind;

    /// What collides, as `source: message`, of pages given as `file source`.
    fn found(pages: &[&str], has_redirects: bool) -> Vec<String> {
        let page = |text: &&str| {
            let (file, source) = text.split_once(' ').expect("a file and its source");
            let (file, source) = (file.to_owned(), source.to_owned());
            Page { path: format!("/{file}"), file, source, kind: PageKind::Route }
        };
        let mut pages: Vec<Page> = pages.iter().map(page).collect();
        let (all, mut findings) = (pages.len(), Findings::new(true));
        collisions(&mut pages, has_redirects, &mut findings);
        assert_eq!(pages.len() + findings.mistakes.len(), all, "each is told once");
        let mistakes = findings.mistakes.iter();
        mistakes.map(|it| format!("{}: {}", it.place(), it.message())).collect()
    }

    #[test]
    fn ex_14_rh_336_each_file_has_one_source_and_no_file_is_a_folder() {
        for (pages, expected) in [
            (&["a r1", "b r2", "a.b/c r3", "ab/c r4"][..], &[][..]),
            (&["a r1", "a r2"], &["r2: `a` would be written for `r1` as well"]),
            (
                &["r r1", "r/x r2"],
                &["r2: `/r/x` needs a folder `r`, and `/r` is a file of that name, made of `r1`"],
            ),
            (
                &["a/b/c/d deep", "a/b public/a/b"],
                &[
                    "deep: `/a/b/c/d` needs a folder `a/b`, and `/a/b` is a file of that name, made of `public/a/b`",
                ],
            ),
            (
                &["_headers public/_headers"],
                &["public/_headers: `_headers` is the name of a file that every export has"],
            ),
            (
                &["_bff/manifest.json r1"],
                &["r1: `_bff/manifest.json` is the name of a file that every export has"],
            ),
            (&["manifest.json r1", "docs/_headers r2", "_redirects public/_redirects"], &[]),
        ] {
            assert_eq!(found(pages, false), expected, "{pages:?}");
        }
        assert_eq!(found(&["_redirects public/_redirects"], true).len(), 1);
    }
}
