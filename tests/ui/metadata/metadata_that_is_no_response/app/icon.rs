use bff::metadata::icon;

struct Icon;

#[icon]
fn made() -> Icon {
    Icon
}
