#include "ui/style/theme.h"

#include <QApplication>
#include <QPalette>

#include "core/report/component_colours.h"

namespace headroom::ui {
namespace {

Theme::Choice chosen = Theme::Choice::system;

QColor rgb(unsigned value) {
  return QColor::fromRgb(value);
}

QPalette paletteOf(const Theme& theme) {
  QPalette p;
  p.setColor(QPalette::Window, theme.page);
  p.setColor(QPalette::Base, theme.card);
  p.setColor(QPalette::AlternateBase, theme.page);
  p.setColor(QPalette::Button, theme.card);
  for (auto role :
       {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText, QPalette::ToolTipText}) {
    p.setColor(role, theme.text);
    p.setColor(QPalette::Disabled, role, theme.quietText);
  }
  p.setColor(QPalette::PlaceholderText, theme.quietText);
  p.setColor(QPalette::ToolTipBase, theme.card);
  p.setColor(QPalette::Highlight, theme.accent);
  p.setColor(QPalette::HighlightedText, theme.card);
  p.setColor(QPalette::Link, theme.accent);
  p.setColor(QPalette::Light, theme.card);
  p.setColor(QPalette::Midlight, theme.line);
  p.setColor(QPalette::Mid, theme.line);
  p.setColor(QPalette::Dark, theme.quietText);
  return p;
}

}  // namespace

const Theme& Theme::light() {
  static const Theme theme{false,         rgb(0xF6F7F9), rgb(0xFFFFFF), rgb(0xE3E6EA), rgb(0x1B1F24),
                           rgb(0x5B6570), rgb(0x0B65C2), rgb(0x0B7A4B), rgb(0xA45B00), rgb(0xB3261E)};
  return theme;
}

const Theme& Theme::darkTheme() {
  static const Theme theme{true,          rgb(0x15181C), rgb(0x1D2126), rgb(0x2C3138), rgb(0xE8EBEF),
                           rgb(0x9AA4AF), rgb(0x5AA9F5), rgb(0x4CC38A), rgb(0xF0B35A), rgb(0xFF7A70)};
  return theme;
}

const Theme& Theme::current() {
  if (chosen == Choice::light) return light();
  if (chosen == Choice::dark) return darkTheme();
  return QApplication::palette().color(QPalette::Window).lightness() < 128 ? darkTheme() : light();
}

void Theme::setChoice(Choice choice) {
  chosen = choice;
  // An empty palette gives the system's back.
  if (choice == Choice::system) return QApplication::setPalette(QPalette());
  QApplication::setPalette(paletteOf(choice == Choice::dark ? darkTheme() : light()));
}

Theme::Choice Theme::choice() {
  return chosen;
}

QColor Theme::colour(Verdict verdict) const {
  switch (verdict) {
    case Verdict::fits:
      return fits;
    case Verdict::tight:
      return tight;
    case Verdict::exceeds:
      return exceeds;
  }
  return text;
}

QColor Theme::colour(ComponentId component) const {
  // The two darkest would sink into the dark card: the same hues, 3:1 off it, and the next grey clear of them.
  if (dark && component == ComponentId::master_weights) return rgb(0x5B7DB8);
  if (dark && component == ComponentId::runtime) return rgb(0x66727E);
  if (dark && component == ComponentId::cuda_graphs) return rgb(0x96A3B0);
  return rgb(colourOf(component));
}

QColor Theme::edge(ComponentId component) const {
  return dark ? card : colour(component).darker(135);
}

}  // namespace headroom::ui
