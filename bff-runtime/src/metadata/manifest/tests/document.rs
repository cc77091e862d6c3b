use axum::{body::to_bytes, response::IntoResponse};
use serde_json::{Value, json};

use super::{super::manifest::TYPED, *};

fn text(manifest: &Manifest) -> String {
    serde_json::to_string(manifest).unwrap()
}

#[test]
fn mdm_02_mdm_03_it_is_compact_json_of_what_is_set() {
    for (manifest, expected) in [
        (Manifest::new("News"), r#"{"name":"News"}"#),
        (Manifest::default(), "{}"),
        (
            Manifest::new("News").client_mode(ClientMode::NavigateNew),
            r#"{"name":"News","launch_handler":{"client_mode":"navigate-new"}}"#,
        ),
        (
            Manifest::new("News")
                .share_target(ShareTarget::new("/s").form(ShareEncoding::UrlEncoded)),
            r#"{"name":"News","share_target":{"action":"/s","method":"POST","enctype":"application/x-www-form-urlencoded","params":{}}}"#,
        ),
        // Only a multipart form has files, in whatever order it is said.
        (
            Manifest::new("News").share_target(
                ShareTarget::new("/s")
                    .file(ShareFile::new("f", [".csv"]))
                    .form(ShareEncoding::UrlEncoded),
            ),
            r#"{"name":"News","share_target":{"action":"/s","method":"POST","enctype":"multipart/form-data","params":{"files":[{"name":"f","accept":[".csv"]}]}}}"#,
        ),
        (
            Manifest::new("News").with("note_taking", json!({ "new_note_url": "/new" })),
            r#"{"name":"News","note_taking":{"new_note_url":"/new"}}"#,
        ),
        // A member that has a method is not there twice.
        (Manifest::new("News").with("name", "Old"), r#"{"name":"News"}"#),
        (
            full(),
            concat!(
                r#"{"name":"News","short_name":"N","description":"What is \"new\"","id":"/?app","start_url":"/","scope":"/","#,
                r#""lang":"en","dir":"ltr","display":"minimal-ui","#,
                r#""display_override":["window-controls-overlay","standalone"],"orientation":"portrait-primary","#,
                r##""background_color":"#fff","theme_color":"#000","categories":["news"],"##,
                r#""icons":[{"src":"/i.png","sizes":"192x192 512x512","type":"image/png","purpose":"any maskable"},"#,
                r#"{"src":"/i.svg","sizes":"any","purpose":"monochrome"}],"#,
                r#""screenshots":[{"src":"/s.png","sizes":"1280x720","label":"Home","form_factor":"wide","platform":"web"}],"#,
                r#""shortcuts":[{"name":"Inbox","short_name":"In","description":"All","url":"/inbox","icons":[{"src":"/i.png","#,
                r#""sizes":"192x192 512x512","type":"image/png","purpose":"any maskable"}]}],"#,
                r#""share_target":{"action":"/share","method":"POST","enctype":"multipart/form-data","#,
                r#""params":{"title":"t","text":"x","url":"u","files":[{"name":"f","accept":["text/csv",".csv"]}]}},"#,
                r#""file_handlers":[{"action":"/open","accept":{"text/csv":[".csv"]}}],"#,
                r#""protocol_handlers":[{"protocol":"web+news","url":"/read?url=%s"}],"#,
                r#""launch_handler":{"client_mode":["focus-existing","auto"]},"#,
                r#""related_applications":[{"platform":"play","url":"https://a.example/","id":"a.b"}],"#,
                r#""prefer_related_applications":false}"#,
            ),
        ),
    ] {
        assert_eq!(text(&manifest), expected);
    }
}

#[test]
fn mdm_03_every_typed_member_is_known_as_such() {
    let Ok(Value::Object(members)) = serde_json::to_value(full()) else { panic!("no object") };
    let mut typed = TYPED;
    typed.sort_unstable();
    assert!(members.keys().eq(typed), "{:?}", members.keys());
}

#[test]
fn mdm_03_every_word_is_spelled_as_the_specification_has_it() {
    let words = |values: &[Value]| -> Vec<String> {
        values.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    use Orientation as O;
    for (values, expected) in [
        (
            [DisplayMode::Fullscreen, DisplayMode::Standalone, DisplayMode::Browser]
                .map(|it| json!(it))
                .to_vec(),
            &["fullscreen", "standalone", "browser"][..],
        ),
        (
            [
                O::Any,
                O::Natural,
                O::Landscape,
                O::LandscapePrimary,
                O::LandscapeSecondary,
                O::Portrait,
                O::PortraitSecondary,
            ]
            .map(|it| json!(it))
            .to_vec(),
            &[
                "any",
                "natural",
                "landscape",
                "landscape-primary",
                "landscape-secondary",
                "portrait",
                "portrait-secondary",
            ],
        ),
        ([Direction::Auto, Direction::Rtl].map(|it| json!(it)).to_vec(), &["auto", "rtl"]),
        ([json!(FormFactor::Narrow)].to_vec(), &["narrow"]),
        ([json!(ClientMode::NavigateExisting)].to_vec(), &["navigate-existing"]),
    ] {
        assert_eq!(words(&values), expected);
    }
}

#[tokio::test]
async fn md_14_mdm_01_it_has_its_type() {
    let response = Manifest::new("é").into_response();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/manifest+json");
    let body = to_bytes(response.into_body(), 1000).await.unwrap();
    assert_eq!(body, r#"{"name":"é"}"#);
}
