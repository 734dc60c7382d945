// The window's style sheet: cards, quiet fields and lines, made from the theme's colours. Styles what is ours by
// property and name; the platform's own style draws the rest.
#pragma once

#include <QString>

#include "ui/style/theme.h"

namespace headroom::ui {

// basePoints: the application font's size; everything small is a step below it.
QString styleSheetOf(const Theme& theme, double basePoints);

}  // namespace headroom::ui
