use taffy::{
    AlignContent, AlignItems, BoxSizing, Dimension, Display, FlexDirection, FlexWrap,
    LengthPercentageAuto, Position, Rect, Size, Style,
    style_helpers::{FromPercent, TaffyAuto},
};

use super::values::{Units, four, keyword, number, positive, sized, sized_or_auto, words};

/// False when this is no property of the layout, `None` when it has no such value.
pub(super) fn declare(style: &mut Style, name: &str, value: &str, units: &Units) -> Option<bool> {
    let auto = |value: &str| sized_or_auto::<LengthPercentageAuto>(value, units);
    let most = |value: &str| if value == "none" { Some(TaffyAuto::AUTO) } else { auto(value) };
    let size = |value: &str| sized_or_auto::<Dimension>(value, units);
    match name {
        "display" => {
            let displays =
                [("flex", Display::Flex), ("block", Display::Block), ("none", Display::None)];
            style.display = keyword(value, &displays)?;
        }
        "box-sizing" => {
            let boxes =
                [("border-box", BoxSizing::BorderBox), ("content-box", BoxSizing::ContentBox)];
            style.box_sizing = keyword(value, &boxes)?;
        }
        "position" => {
            let positions = [
                ("relative", Position::Relative),
                ("absolute", Position::Absolute),
                ("static", Position::Static),
            ];
            style.position = keyword(value, &positions)?;
        }
        "inset" => style.inset = sides(four(value, auto)?),
        "top" => style.inset.top = auto(value)?,
        "right" => style.inset.right = auto(value)?,
        "bottom" => style.inset.bottom = auto(value)?,
        "left" => style.inset.left = auto(value)?,
        "width" => style.size.width = size(value)?,
        "height" => style.size.height = size(value)?,
        "min-width" => style.min_size.width = auto(value)?,
        "min-height" => style.min_size.height = auto(value)?,
        "max-width" => style.max_size.width = most(value)?,
        "max-height" => style.max_size.height = most(value)?,
        "aspect-ratio" => style.aspect_ratio = Some(ratio(value)?),
        "margin" => style.margin = sides(four(value, auto)?),
        "margin-top" => style.margin.top = auto(value)?,
        "margin-right" => style.margin.right = auto(value)?,
        "margin-bottom" => style.margin.bottom = auto(value)?,
        "margin-left" => style.margin.left = auto(value)?,
        "padding" => style.padding = sides(four(value, |side| sized(side, units))?),
        "padding-top" => style.padding.top = sized(value, units)?,
        "padding-right" => style.padding.right = sized(value, units)?,
        "padding-bottom" => style.padding.bottom = sized(value, units)?,
        "padding-left" => style.padding.left = sized(value, units)?,
        "gap" => {
            let mut gaps = words(value);
            let row = gaps.next()?;
            let column = gaps.next().unwrap_or(row);
            style.gap = Size { width: sized(column, units)?, height: sized(row, units)? };
            return gaps.next().is_none().then_some(true);
        }
        "row-gap" => style.gap.height = sized(value, units)?,
        "column-gap" => style.gap.width = sized(value, units)?,
        "flex" => flex(style, value, units)?,
        "flex-grow" => style.flex_grow = positive(value)?,
        "flex-shrink" => style.flex_shrink = positive(value)?,
        "flex-basis" => style.flex_basis = size(value)?,
        "flex-direction" => {
            let directions = [
                ("row", FlexDirection::Row),
                ("column", FlexDirection::Column),
                ("row-reverse", FlexDirection::RowReverse),
                ("column-reverse", FlexDirection::ColumnReverse),
            ];
            style.flex_direction = keyword(value, &directions)?;
        }
        "flex-wrap" => {
            let wraps = [
                ("nowrap", FlexWrap::NoWrap),
                ("wrap", FlexWrap::Wrap),
                ("wrap-reverse", FlexWrap::WrapReverse),
            ];
            style.flex_wrap = keyword(value, &wraps)?;
        }
        "align-items" => style.align_items = items(value)?,
        "align-self" => {
            style.align_self = if value == "auto" { None } else { Some(items(value)?) };
        }
        "align-content" => style.align_content = content(value)?,
        "justify-content" => style.justify_content = content(value)?,
        _ => return Some(false),
    }
    Some(true)
}

/// CSS counts from the top.
pub(super) fn sides<T>([top, right, bottom, left]: [T; 4]) -> Rect<T> {
    Rect { left, right, top, bottom }
}

/// `1`, `auto`, `none`, `2 1 30%`.
fn flex(style: &mut Style, value: &str, units: &Units) -> Option<()> {
    let (grow, shrink, basis) = match value {
        "auto" => (1.0, 1.0, Dimension::AUTO),
        "none" => (0.0, 0.0, Dimension::AUTO),
        value => {
            let mut factors = Vec::new();
            let mut basis = None;
            for word in words(value) {
                match positive(word) {
                    Some(factor) if basis.is_none() && factors.len() < 2 => factors.push(factor),
                    _ if basis.is_none() => basis = Some(sized_or_auto(word, units)?),
                    _ => return None,
                }
            }
            let (grow, shrink) = match factors[..] {
                [] if basis.is_some() => (1.0, 1.0),
                [grow] => (grow, 1.0),
                [grow, shrink] => (grow, shrink),
                _ => return None,
            };
            (grow, shrink, basis.unwrap_or(Dimension::from_percent(0.0)))
        }
    };
    (style.flex_grow, style.flex_shrink, style.flex_basis) = (grow, shrink, basis);
    Some(())
}

/// `16 / 9`, `1.5`.
fn ratio(value: &str) -> Option<f32> {
    let (width, height) = match value.split_once('/') {
        Some((width, height)) => (number(width.trim())?, number(height.trim())?),
        None => (number(value)?, 1.0),
    };
    Some(width / height).filter(|ratio| (0.001..=1000.0).contains(ratio))
}

fn items(value: &str) -> Option<AlignItems> {
    let table = [
        ("start", AlignItems::START),
        ("end", AlignItems::END),
        ("flex-start", AlignItems::FLEX_START),
        ("flex-end", AlignItems::FLEX_END),
        ("center", AlignItems::CENTER),
        ("baseline", AlignItems::BASELINE),
        ("stretch", AlignItems::STRETCH),
    ];
    keyword(value, &table)
}

fn content(value: &str) -> Option<AlignContent> {
    let table = [
        ("start", AlignContent::START),
        ("end", AlignContent::END),
        ("flex-start", AlignContent::FLEX_START),
        ("flex-end", AlignContent::FLEX_END),
        ("center", AlignContent::CENTER),
        ("stretch", AlignContent::STRETCH),
        ("space-between", AlignContent::SPACE_BETWEEN),
        ("space-evenly", AlignContent::SPACE_EVENLY),
        ("space-around", AlignContent::SPACE_AROUND),
    ];
    keyword(value, &table)
}
