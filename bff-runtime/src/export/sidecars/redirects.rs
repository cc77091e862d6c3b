use crate::{
    env,
    export::{Mistake, findings::Findings},
    matching::{Part, RuleMatcher, Shape, Source, Subject},
    pipeline::{RedirectRule, Rules, redirect_location},
};

/// The lines of `_redirects`, `/from /to 308`, in the order of `bff.toml`, of which the first counts there as well.
pub(in crate::export) fn redirect_lines(rules: &Rules, findings: &mut Findings) -> Vec<String> {
    let lines = rules.redirects.iter().filter_map(|rule| match line(rule, rules) {
        Ok(line) => Some(line),
        Err(reason) => {
            findings.unsupported(Mistake::new(
                rule.place,
                format!("the redirect of `{}` is more than files have: {reason}", rule.rule.source.text),
                "write it with `:name`s and a `:name*` at its end, or serve the app with `bff::serve`",
            ));
            None
        }
    });
    lines.collect()
}

fn line(rule: &'static RedirectRule, rules: &Rules) -> Result<String, String> {
    if rule.rule.has_conditions() {
        return Err("it depends on the request".to_owned());
    }
    let from = Spelled::of(&rule.rule.source)?;
    let base_path = if rule.below_base_path { rules.base_path } else { "" };
    // The rule itself is asked about its own placeholders, so the line says what the rule does.
    let matcher = RuleMatcher::new(&rule.rule).map_err(|error| error.to_string())?;
    let destination = rule.destination.resolve(env::var_opt).map_err(|error| error.to_string())?;
    let headers = http::HeaderMap::new();
    let subject = Subject { path: &from.asked, query: None, host: None, headers: &headers };
    let captures = matcher
        .captures(&subject)
        .map_err(|error| error.to_string())?
        .ok_or("its params cannot be named")?;
    let target = destination.fill(&captures, None).map_err(|error| error.to_string())?;
    let to = redirect_location(target, "", base_path, rules.trailing_slash);
    Ok(format!("{base_path}{} {to} {}", from.written, rule.status))
}

/// A source as a host writes it.
struct Spelled {
    /// `/old/*`.
    written: String,
    /// `/old/:splat`: what is captured is what the other side is written with.
    asked: String,
}

impl Spelled {
    fn of(source: &Source) -> Result<Self, String> {
        let literal = [Part::Literal(match source.shape {
            Shape::Literal(text) => text,
            _ => "",
        })];
        let parts = match source.shape {
            Shape::Literal(_) => &literal[..],
            Shape::Segments(parts) => parts,
            Shape::Regex { .. } | Shape::Backtracking(_) => {
                return Err("its source is an expression".to_owned());
            }
        };
        let mut spelled = Self { written: String::new(), asked: String::new() };
        let mut names = source.params.iter().map(|param| param.name);
        for (at, part) in parts.iter().enumerate() {
            match part {
                Part::Literal(text) => spelled.literal(text, at > 0)?,
                Part::Param => {
                    let name = names.next().filter(|name| !name.is_empty());
                    spelled.param(name.ok_or("a param has no name")?)?;
                }
                Part::Any => {
                    spelled.written.push_str("/*");
                    spelled.asked.push_str("/:splat");
                }
                Part::Optional | Part::Some => {
                    return Err("`?` and `+` have no form there".to_owned());
                }
            }
        }
        Ok(spelled)
    }

    fn literal(&mut self, text: &str, after_param: bool) -> Result<(), String> {
        if text.contains(['*', ':', ' ']) {
            return Err(format!("`{text}` means something else there"));
        }
        if after_param && !text.starts_with('/') {
            return Err("a param is a whole segment there".to_owned());
        }
        self.written.push_str(text);
        self.asked.push_str(text);
        Ok(())
    }

    fn param(&mut self, name: &str) -> Result<(), String> {
        if !self.written.ends_with('/') {
            return Err("a param is a whole segment there".to_owned());
        }
        self.written.push_str(&format!(":{name}"));
        self.asked.push_str(&format!(":{name}"));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::tests::rules;

    /// The lines for this `bff.toml`, and why others are none.
    fn lines(toml: &str) -> (Vec<String>, Vec<String>) {
        let mut findings = Findings::new(false);
        let lines = redirect_lines(rules(toml), &mut findings);
        let reasons = findings.mistakes.iter().map(|it| {
            assert!(it.is_unsupported() && it.place().starts_with("bff.toml:"), "{it}");
            let (_, reason) = it.message().split_once("than files have: ").expect("a reason");
            reason.to_owned()
        });
        (lines, reasons.collect())
    }

    #[test]
    fn ex_10_a_redirect_is_written_as_hosts_read_it() {
        for (source, destination, line) in [
            ("/old", "/new", "/old /new 308"),
            ("/old/:slug", "/news/:slug", "/old/:slug /news/:slug 308"),
            ("/a/:x/b/:y", "/:y/:x", "/a/:x/b/:y /:y/:x 308"),
            ("/old/:path*", "/new/:path*", "/old/* /new/:splat 308"),
            (
                "/docs/:path*",
                "https://docs.example.com/:path*",
                "/docs/* https://docs.example.com/:splat 308",
            ),
            ("/old", "/new?from=old#top", "/old /new?from=old#top 308"),
            ("/p/:id", "/posts?id=:id", "/p/:id /posts?id=:id 308"),
        ] {
            let toml = format!(
                "[[redirects]]\nsource = \"{source}\"\ndestination = \"{destination}\"\npermanent = true\n"
            );
            assert_eq!(lines(&toml), (vec![line.to_owned()], Vec::new()), "{source}");
        }
    }

    #[test]
    fn ex_10_bp_01_a_redirect_has_the_base_path_unless_it_says_otherwise() {
        let toml = "[server]\nbase_path = \"/docs\"\n
            [[redirects]]\nsource = \"/old\"\ndestination = \"/new\"\nstatus = 301\n
            [[redirects]]\nsource = \"/home\"\ndestination = \"/\"\npermanent = false\n
            [[redirects]]\nsource = \"/\"\ndestination = \"/docs\"\nbase_path = false\npermanent = false\n";
        // The root has the form of it that the app itself leads to.
        let expected = ["/docs/old /docs/new 301", "/docs/home /docs 307", "/ /docs 307"];
        assert_eq!(lines(toml).0, expected);
        let required = toml.replace("[server]", "[server]\ntrailing_slash = \"require\"");
        assert_eq!(lines(&required).0[1], "/docs/home /docs/ 307");
    }

    #[test]
    fn ex_10_what_hosts_do_not_know_is_told() {
        for (keys, reason) in [
            ("source = '/n/:id(\\d+)'\ndestination = \"/:id\"", "its source is an expression"),
            ("source = \"/n/:id?\"\ndestination = \"/m/:id?\"", "`?` and `+` have no form there"),
            ("source = \"/n/:id+\"\ndestination = \"/m/:id+\"", "`?` and `+` have no form there"),
            ("source = \"/n/x-:id\"\ndestination = \"/:id\"", "a param is a whole segment there"),
            (
                "source = \"/n\"\ndestination = \"/m\"\nhas = [{ type = \"header\", key = \"x-a\" }]",
                "it depends on the request",
            ),
        ] {
            let toml = format!("[[redirects]]\n{keys}\npermanent = true\n");
            assert_eq!(lines(&toml), (Vec::new(), vec![reason.to_owned()]), "{keys}");
        }
    }
}
