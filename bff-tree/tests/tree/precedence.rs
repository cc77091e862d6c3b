//! Section 1.4, as far as a tree shows it: which patterns may stand beside each other.

use super::support::check;

#[test]
fn rh_033_patterns_of_different_kinds_stand_beside_each_other() {
    check(
        "
        //- app/d/[...rest]/route.rs
        //- app/d/[id]/route.rs
        //- app/d/[id]/sub/route.rs
        //- app/d/route.rs
        //- app/d/static/route.rs
        ",
        "
        GET /d
        GET /d/[...rest]
        GET /d/[id]
        GET /d/[id]/sub
        GET /d/static
        ",
    );
}

#[test]
fn rh_034_a_literal_first_segment_does_not_conflict_with_a_catch_all() {
    check(
        "
        //- app/[[...all]]/route.rs
        //- app/d/static/route.rs
        //- app/d/[...rest]/route.rs
        ",
        "
        GET /[[...all]]
        GET /d/[...rest]
        GET /d/static
        ",
    );
}

#[test]
fn rh_035_a_public_file_and_a_route_of_one_url_are_an_error() {
    check(
        "
        //- app/f.txt/route.rs
        //- app/(docs)/a b/x.html/route.rs
        //- app/%5Fx/route.rs
        //- public/_x
        //- public/a b/x.html
        //- public/f.txt
        ",
        "
        GET /_x
        GET /a b/x.html
        GET /f.txt
        BFF0405 app/%5Fx/route.rs, public/_x ~ `/_x`
        BFF0405 app/(docs)/a b/x.html/route.rs, public/a b/x.html ~ `/a b/x.html`
        BFF0405 app/f.txt/route.rs, public/f.txt ~ `/f.txt`
        ",
    );
}

#[test]
fn rh_035_a_public_file_of_another_url_is_fine() {
    check(
        "
        //- app/route.rs
        //- app/[name]/route.rs
        //- app/docs/[...path]/route.rs
        //- app/f/route.rs
        //- app/icons/route.rs
        //- public/F
        //- public/docs/a.html
        //- public/f.txt
        //- public/icons/a.svg
        //- public/index.html
        ",
        "
        GET /
        GET /[name]
        GET /docs/[...path]
        GET /f
        GET /icons
        ",
    );
}

#[test]
fn rh_035_pf_10_a_hidden_file_is_not_served_so_it_conflicts_with_nothing() {
    check(
        "
        //- app/.well-known/security.txt/route.rs
        //- app/.env/route.rs
        //- app/x/.git/route.rs
        //- public/.well-known/security.txt
        //- public/.env
        //- public/x/.git
        ",
        "
        GET /.env
        GET /.well-known/security.txt
        GET /x/.git
        BFF0405 app/.well-known/security.txt/route.rs, public/.well-known/security.txt
        ",
    );
}

#[test]
fn pf_12_public_files_that_differ_in_case_only_are_an_error() {
    check(
        "
        //- app/route.rs
        //- app/a.TXT/route.rs
        //- public/Img/a.png
        //- public/a.txt
        //- public/A.txt
        //- public/img/a.png
        //- public/img/b.png
        //- public/img/x
        //- public/img/X.png
        ",
        "
        GET /
        GET /a.TXT
        BFF0406 public/a.txt, public/A.txt ~ `A.txt` and `a.txt`
        BFF0406 public/img, public/Img
        ",
    );
}

#[test]
fn pf_15_the_prefix_of_bff_is_kept() {
    check(
        "
        //- app/route.rs
        //- public/_bff/a.js
        //- public/_bff/b.js
        //- public/_bffx/_bff/a.js
        ",
        "
        GET /
        BFF0408 public/_bff ~ `/_bff`
        ",
    );
}
