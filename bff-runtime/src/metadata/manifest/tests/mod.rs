mod document;
mod schema;

use super::*;

/// A manifest with everything that has a method.
fn full() -> Manifest {
    let icon = || {
        Image::new("/i.png")
            .size(192, 192)
            .size(512, 512)
            .content_type("image/png")
            .purpose(Purpose::Any)
            .purpose(Purpose::Maskable)
    };
    Manifest::new("News")
        .short_name("N")
        .description("What is \"new\"")
        .id("/?app")
        .start_url("/")
        .scope("/")
        .lang("en")
        .dir(Direction::Ltr)
        .display(DisplayMode::MinimalUi)
        .display_override(DisplayOverride::WindowControlsOverlay)
        .display_override(DisplayMode::Standalone)
        .orientation(Orientation::PortraitPrimary)
        .background_color("#fff")
        .theme_color("#000")
        .category("news")
        .icon(icon())
        .icon(Image::new("/i.svg").any_size().purpose(Purpose::Monochrome))
        .screenshot(
            Screenshot::new(Image::new("/s.png").size(1280, 720))
                .label("Home")
                .form_factor(FormFactor::Wide)
                .platform("web"),
        )
        .shortcut(Shortcut::new("Inbox", "/inbox").short_name("In").description("All").icon(icon()))
        .share_target(
            ShareTarget::new("/share")
                .title("t")
                .text("x")
                .url("u")
                .file(ShareFile::new("f", ["text/csv", ".csv"])),
        )
        .file_handler(FileHandler::new("/open").accept("text/csv", [".csv"]))
        .protocol_handler(ProtocolHandler::new("web+news", "/read?url=%s"))
        .client_mode(ClientMode::FocusExisting)
        .client_mode(ClientMode::Auto)
        .related_application(RelatedApplication::new("play").url("https://a.example/").id("a.b"))
        .prefer_related_applications(false)
}
