//! What keeps a router from being served. The tables are asked, not the router: a broken router would keep every
//! server of this program from starting.

use super::rules;
use crate::pipeline::tables::Tables;

#[test]
fn rd_14_cf_04_each_missing_variable_is_named_with_its_place() {
    let rules = rules(
        "[[redirects]]\nsource = \"/a\"\ndestination = \"${NO_SUCH_A}/x\"\npermanent = true\n\
         [[rewrites.fallback]]\nsource = \"/:p*\"\ndestination = \"${NO_SUCH_B}/:p*\"\n\
         [[rewrites.fallback]]\nsource = \"/q/:p*\"\ndestination = \"/\"\nhas = [{ type = \"host\", value = \"a\" }]\n",
    );
    let reasons = Tables::new(rules).expect_err("two variables are missing");
    assert_eq!(
        reasons,
        [
            "bff.toml:7:15: the variable `NO_SUCH_B` of the destination `${NO_SUCH_B}/:p*` is not set",
            "bff.toml:3:15: the variable `NO_SUCH_A` of the destination `${NO_SUCH_A}/x` is not set",
        ]
    );
}

#[test]
fn rw_30_a_server_that_cannot_be_asked_is_told_at_start() {
    let rewrite = |to: &str| {
        Tables::new(rules(&format!(
            "[[rewrites.before]]\nsource = \"/a\"\ndestination = \"{to}\"\n"
        )))
    };
    assert_eq!(rewrite("http://up/a").is_ok(), cfg!(feature = "upstream"));
    let reasons = rewrite("https://up/a").map(drop);
    match (cfg!(feature = "upstream"), cfg!(feature = "tls")) {
        (_, true) => assert_eq!(reasons, Ok(())),
        (true, false) => assert_eq!(
            reasons,
            Err(vec![
                "bff.toml:3:15: the destination `https://up/a` cannot be used: \
                 the URL of an upstream is `https`, which needs the feature `tls` of bff"
                    .to_owned()
            ])
        ),
        (false, false) => assert_eq!(
            reasons,
            Err(vec![
                "bff.toml:3:15: the destination `https://up/a` cannot be used: \
                 it is another server, which needs the feature `upstream` of bff"
                    .to_owned()
            ])
        ),
    }
}
