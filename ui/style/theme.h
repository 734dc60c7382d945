// Theme: the colours of the window in one place, light and dark. Views ask Theme::current() when they paint and
// recolour on QEvent::PaletteChange, which setChoice() causes for every widget.
#pragma once

#include <QColor>

#include "core/estimate/estimate.h"

namespace headroom::ui {

struct Theme {
  bool dark = false;
  QColor page, card, line;
  QColor text, quietText;
  QColor accent;                // selection; focus ring of 2 px
  QColor fits, tight, exceeds;  // always together with an icon and a word

  enum class Choice { system, light, dark };

  static const Theme& light();
  static const Theme& darkTheme();
  // The theme in force: the choice, or for `system` whatever the application's palette is.
  static const Theme& current();
  // Sets the application's palette to the choice; every widget gets a PaletteChange. Needs a QApplication.
  static void setChoice(Choice choice);
  static Choice choice();

  QColor colour(Verdict verdict) const;
  // The same hue in both themes and in every view.
  QColor colour(ComponentId component) const;
  // The 1 px edge that keeps pale segments apart from a white card; in the dark theme the card's own colour.
  QColor edge(ComponentId component) const;
};

}  // namespace headroom::ui
