//! Section 14 of the configuration specification: which files are metadata, and what they serve.

use bff_tree::{Checked, MetadataForm, Route};

use super::support::{check, checked};

const GIF: &str = "GIF89a\u{2}\0\u{3}\0\0\0\0";

/// An SVG, a GIF and an ICO are text in a fixture; one of a line is enough.
const SVG: &str = "<svg/>";

fn metadata_of<'a>(checked: &'a Checked, url: &str) -> &'a Route {
    let mut routes = checked.tree.routes.iter();
    routes.find(|route| route.pattern.folder_style() == url).expect(url)
}

#[test]
fn md_01_md_03_every_kind_has_its_url_as_a_file_and_as_code() {
    check(
        &format!(
            "
            //- app/icon.svg
            {SVG}
            //- app/icon1.svg
            {SVG}
            //- app/manifest.json
            //- app/robots.txt
            //- app/sitemap.xml
            //- app/a/opengraph-image.gif
            {GIF}
            //- app/a/twitter-image2.gif
            {GIF}
            //- app/a/sitemap.xml
            "
        ),
        "
        file /a/opengraph-image.gif
        file /a/sitemap.xml
        file /a/twitter-image2.gif
        file /icon.svg
        file /icon1.svg
        file /manifest.json
        file /robots.txt
        file /sitemap.xml
        ",
    );
    check(
        "
        //- app/icon.rs
        //- app/apple_icon.rs
        //- app/manifest.rs
        //- app/robots.rs
        //- app/sitemap.rs
        //- app/a/apple-icon.rs
        //- app/a/icon3.rs
        //- app/a/opengraph-image.rs
        //- app/a/sitemap.rs
        //- app/b/opengraph_image.rs
        //- app/b/twitter_image.rs
        //- app/prod/[id]/icon.rs
        ",
        "
        GET /a/apple-icon
        GET /a/icon3
        GET /a/opengraph-image
        GET /a/sitemap.xml
        GET /apple-icon
        GET /b/opengraph-image
        GET /b/twitter-image
        GET /icon
        GET /manifest.webmanifest
        GET /prod/[id]/icon
        GET /robots.txt
        GET /sitemap.xml
        ",
    );
}

#[test]
fn md_02_md_05_what_counts_in_the_root_only_is_refused_elsewhere() {
    for name in ["robots.txt", "robots.rs", "manifest.json", "manifest.rs", "favicon.ico"] {
        for folder in ["x", "(group)", "a/b"] {
            check(
                &format!("//- app/route.rs\n//- app/{folder}/{name}\n"),
                &format!("GET /\nBFF0601 app/{folder}/{name} ~ `{name}` ~ /route.rs`"),
            );
        }
    }
}

#[test]
fn md_02_names_that_are_nearly_right_are_refused_with_code_and_remedy() {
    for (name, code, fact) in [
        ("icon10.png", "BFF0602", "`icon9.png`"),
        ("icon.webp", "BFF0602", "`icon.png`"),
        ("opengraph-image.webp", "BFF0602", "`opengraph-image.png`"),
        ("sitemap1.xml", "BFF0602", "`sitemap.xml`"),
        ("favicon.rs", "BFF0602", "`favicon.ico`"),
        ("sitemap.ts", "BFF0103", "`sitemap.rs`"),
    ] {
        check(
            &format!("//- app/route.rs\n//- app/x/{name}\n"),
            &format!("GET /\n{code} app/x/{name} ~ `{name}` ~ {fact}"),
        );
        // Helpers may have any name.
        check(&format!("//- app/route.rs\n//- app/_x/{name}\n"), "GET /");
    }
    check("//- app/route.rs\n//- app/_x/robots.txt\n//- app/_x/icon.png\nbroken\n", "GET /");
}

#[test]
fn md_04_groups_are_not_in_the_url_and_nothing_is_added_to_it() {
    check(
        &format!("//- app/(grp)/inner/icon.rs\n//- app/(grp)/inner/opengraph-image.gif\n{GIF}\n"),
        "GET /inner/icon\nfile /inner/opengraph-image.gif",
    );
    check(
        "//- app/(a)/icon.rs\n//- app/icon.rs\n",
        "GET /icon\nGET /icon\nBFF0401 app/icon.rs, app/(a)/icon.rs ~ two files ~ `/icon`",
    );
    // A slot is no folder of routes, whatever is in it.
    check("//- app/route.rs\n//- app/@slot/x/icon.rs\n", "GET /\nBFF0211 app/@slot/x/icon.rs");
}

#[test]
fn mds_11_rh_463_one_url_is_served_once() {
    for (files, url) in [
        (["app/(a)/sitemap.rs", "app/sitemap.xml"], "/sitemap.xml"),
        (["app/robots.rs", "app/robots.txt"], "/robots.txt"),
        (["app/manifest.rs", "app/manifest.webmanifest"], "/manifest.webmanifest"),
        (["app/x/opengraph-image.rs", "app/x/opengraph_image.rs"], "/x/opengraph-image"),
        (["app/x/icon.rs", "app/x/icon/route.rs"], "/x/icon"),
        (["app/[a]/icon.rs", "app/[a]/(b)/icon.rs"], "/[a]/icon"),
    ] {
        let checked = checked(&format!("//- {}\n//- {}\n", files[0], files[1]));
        let found: Vec<_> = checked.diagnostics.iter().collect();
        assert_eq!(found.len(), 1, "{files:?}: {found:?}");
        assert_eq!(found[0].code.as_str(), "BFF0401", "{files:?}");
        assert!(found[0].message.contains(&format!("`{url}`")), "{}", found[0].message);
    }
    check(
        "//- app/robots.rs\n//- public/robots.txt\n",
        "GET /robots.txt\nBFF0405 app/robots.rs, public/robots.txt",
    );
    check(
        "//- app/[slug]/icon.rs\n//- app/[...all]/route.rs\n//- app/icon.rs\n",
        "GET /[...all]\nGET /[slug]/icon\nGET /icon",
    );
}

#[test]
fn md_06_a_file_below_a_param_is_served_for_every_value_and_none_below_a_catch_all() {
    check(&format!("//- app/prod/[id]/icon.svg\n{SVG}\n"), "file /prod/[id]/icon.svg");
    check(
        &format!("//- app/docs/[...slug]/icon.svg\n{SVG}\n"),
        "file /docs/[...slug]/icon.svg\nBFF0210 app/docs/[...slug]/icon.svg ~ metadata file",
    );
}

#[test]
fn mdi_02_mdo_01_images_are_looked_at() {
    check(
        "//- app/route.rs\n//- app/icon.png\nno image\n",
        "GET /\nfile /icon.png\nBFF0603 app/icon.png ~ `icon.png` ~ no image of a known format",
    );
    for (name, limit, is_fine) in [
        ("opengraph-image.gif", 8, true),
        ("opengraph-image.gif", 8, false),
        ("twitter-image.gif", 5, false),
    ] {
        let length = limit * 1024 * 1024 + usize::from(!is_fine);
        let image = format!("{GIF}{}", "x".repeat(length - GIF.len() - 1));
        let expected = if is_fine {
            format!("file /{name}")
        } else {
            format!("file /{name}\nBFF0604 app/{name} ~ {limit}.01 MiB ~ at most {limit} MiB")
        };
        check(&format!("//- app/{name}\n{image}\n"), &expected);
    }
}

#[test]
fn mdo_02_a_text_beside_a_social_image_is_trimmed() {
    let fixture = format!(
        "//- app/opengraph-image.gif\n{GIF}\n//- app/opengraph-image.alt.txt\n\n A \"fox\"\n\n\
         //- app/opengraph-image1.gif\n{GIF}\n//- app/opengraph-image1.alt.txt\nOne\n\
         //- app/twitter-image.gif\n{GIF}\n"
    );
    let checked = checked(&fixture);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    for (url, alt) in [
        ("/opengraph-image.gif", Some("A \"fox\"")),
        ("/opengraph-image1.gif", Some("One")),
        ("/twitter-image.gif", None),
    ] {
        let metadata = metadata_of(&checked, url).metadata.as_deref().expect(url);
        assert_eq!(metadata.image.alt.as_deref(), alt, "{url}");
        assert_eq!(metadata.image.size, Some((2, 3)), "{url}");
        assert_eq!(metadata.content_type, "image/gif", "{url}");
    }
}

#[test]
fn mdo_02_a_text_without_an_image_is_refused() {
    check(
        "//- app/route.rs\n//- app/opengraph-image.alt.txt\nA fox\n",
        "GET /\nBFF0605 app/opengraph-image.alt.txt ~ `opengraph-image.png`",
    );
    check(
        "//- app/opengraph_image.rs\n//- app/opengraph-image.alt.txt\nA fox\n",
        "GET /opengraph-image\nBFF0605 app/opengraph-image.alt.txt ~ alt = ",
    );
}

#[test]
fn mdi_04_mdo_03_the_attribute_describes_the_image() {
    let checked = checked(
        "
        //- app/opengraph-image.rs
        #[bff::metadata::opengraph_image(alt = \"About\", size = \"1200x630\", content_type = \"image/webp\", timeout = \"5s\")]
        async fn image() -> Vec<u8> { Vec::new() }
        //- app/icon.rs
        #[icon]
        fn icon() -> Vec<u8> { Vec::new() }
        ",
    );
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let image = metadata_of(&checked, "/opengraph-image").metadata.as_deref().expect("metadata");
    assert_eq!(image.form, MetadataForm::Function);
    assert_eq!((image.image.size, image.image.alt.as_deref()), (Some((1200, 630)), Some("About")));
    assert_eq!(image.content_type, "image/webp");
    let icon = metadata_of(&checked, "/icon").metadata.as_deref().expect("metadata");
    assert_eq!((icon.image.size, &*icon.content_type), (None, "image/png"));
}

/// Checks the text of one metadata file for its mistakes, each with a fact.
#[track_caller]
fn check_code(file: &str, text: &str, expected: &[(&str, &str)]) {
    let checked = checked(&format!("//- app/{file}\n{text}\n"));
    let found: Vec<&str> = checked.diagnostics.iter().map(|found| found.code.as_str()).collect();
    let codes: Vec<&str> = expected.iter().map(|(code, _)| *code).collect();
    assert_eq!(found, codes, "{text}\n{:#?}", checked.diagnostics);
    for (diagnostic, (_, fact)) in checked.diagnostics.iter().zip(expected) {
        let told = format!("{}\n{}", diagnostic.message, diagnostic.help);
        assert!(told.contains(fact), "{text}\nno {fact:?} in\n{told}");
    }
}

#[test]
fn md_13_a_file_without_its_function_is_refused() {
    check_code("sitemap.rs", "fn helper() {}", &[("BFF0606", "`#[bff::metadata::sitemap]`")]);
    check_code("sitemap.rs", "fn sitemap() {}", &[("BFF0606", "above it")]);
    check_code("robots.rs", "#[robot] fn made() {}", &[("BFF0303", "`#[robots]`")]);
    check_code("icon.rs", "#[icon] fn a() {} #[icon] fn b() {}", &[("BFF0606", "`a` and `b`")]);
    check_code("icon.rs", "#[cfg(a)] #[icon] fn a() {} #[cfg(b)] #[icon] fn b() {}", &[]);
    check_code("icon.rs", "mod m {\n    #[icon] fn a() {}\n}", &[("BFF0314", "level of the file")]);
    check_code("icon.rs", "#[cfg_attr(x, icon)] fn a() {}", &[("BFF0318", "`#[icon]`")]);
    check_code("robots.rs", "#[robots] #[post] fn a() {}", &[("BFF0606", "nothing else")]);
    check_code("icon.rs", "#[icon] struct A;", &[("BFF0313", "`struct`")]);
    check_code("icon.rs", "#[icon] fn a() -> impl Handler {}", &[("BFF0606", "each request")]);
}

#[test]
fn an_attribute_in_a_file_that_is_not_its_own_is_refused() {
    check_code("sitemap.rs", "#[icon] fn a() {}", &[("BFF0607", "`#[bff::metadata::sitemap]`")]);
    check_code("sitemap.rs", "#[icons] fn a() {}", &[("BFF0607", "`icon.rs`")]);
    check_code("sitemap.rs", "#[get] fn a() {}", &[("BFF0315", "`route.rs`")]);
    check_code("robots.rs", "#[sitemaps] fn a() {}", &[("BFF0607", "`sitemap.rs`")]);
}

#[test]
fn wrong_keys_and_values_are_refused() {
    for (file, attribute, code, fact) in [
        ("icon.rs", "icon(alt = \"x\")", "BFF0311", "no text"),
        ("icon.rs", "icon(size = 32)", "BFF0311", "`size` is a string"),
        ("icon.rs", "icon(size = \"any\")", "BFF0311", "`size = \"32x32\"`"),
        ("icon.rs", "icon(size = \"1x1\", size = \"1x1\")", "BFF0311", "twice"),
        ("icon.rs", "icon(content_type = \"text/html\")", "BFF0311", "image/png"),
        ("icon.rs", "icon(siz = \"1x1\")", "BFF0309", "`siz`"),
        ("sitemap.rs", "sitemap(size = \"1x1\")", "BFF0309", "`size`"),
        ("icon.rs", "icon(\"x\")", "BFF0311", "no string"),
    ] {
        check_code(file, &format!("#[{attribute}] fn made() {{}}"), &[(code, fact)]);
    }
    check_code(
        "icon.rs",
        "#[icons(timeout = \"5s\")] fn ids() {} #[icon] fn made(id: u8) {}",
        &[("BFF0311", "`#[icon]`")],
    );
    // The index has the host of the request in it.
    check_code(
        "sitemap.rs",
        "#[sitemaps(revalidate = \"1h\")] fn ids() {} #[sitemap] fn made(id: u8) {}",
        &[("BFF0331", "the function that makes each")],
    );
}

#[test]
fn mds_09_mdi_05_a_list_makes_a_url_of_each_id() {
    check(
        "
        //- app/shop/sitemap.rs
        #[sitemaps] async fn parts() -> Vec<u32> { Vec::new() }
        #[sitemap] fn part(id: u32) {}
        //- app/multi/icon.rs
        #[icons] fn ids() -> [&'static str; 1] { [\"a\"] }
        #[icon] fn icon(id: String) {}
        ",
        "
        GET /multi/icon/[id]
        GET /shop/sitemap/[id]
        GET /shop/sitemap.xml
        ",
    );
}

#[test]
fn mds_09_mdi_05_a_list_and_its_function_belong_together() {
    check_code("sitemap.rs", "#[sitemaps] fn ids() {}", &[("BFF0606", "takes an `id`")]);
    check_code(
        "sitemap.rs",
        "#[sitemaps] fn ids() {} #[sitemap] fn made() {}",
        &[("BFF0608", "`id: u32`")],
    );
    check_code("sitemap.rs", "#[sitemap] fn made(id: u32) {}", &[("BFF0608", "::sitemaps]")]);
    check_code("robots.rs", "#[robots] fn made(id: u32) {}", &[("BFF0608", "one robots")]);
    check_code(
        "icon.rs",
        "#[icons] fn ids(id: u32) {} #[icon] fn made(id: u32) {}",
        &[("BFF0608", "remove it")],
    );
    check_code(
        "icon.rs",
        "#[icons] fn a() {} #[icons] fn b() {} #[icon] fn made(id: u32) {}",
        &[("BFF0606", "`a` and `b`")],
    );
    check_code(
        "icon.rs",
        "#[cfg(x)] #[icons] fn a() {} #[icon] fn made(id: u32) {}",
        &[("BFF0606", "every build")],
    );
    check_code(
        "[id]/icon.rs",
        "#[icons] fn ids() {} #[icon] fn made(id: u32) {}",
        &[("BFF0209", "rename the folder")],
    );
    check_code("[id]/icon.rs", "#[icon] fn made(id: u32) {}", &[]);
    check_code(
        "[slug]/icon.rs",
        "#[icons] fn ids(slug: String) {} #[icon] fn made(slug: String, id: u32) {}",
        &[],
    );
}
