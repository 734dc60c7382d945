// Words and numbers as the window shows them: one grouping, one unit at a time, fonts in three sizes.
#pragma once

#include <QFont>
#include <QString>
#include <string_view>

#include "core/base/format.h"
#include "core/estimate/estimate.h"

namespace headroom::ui {

QString fromView(std::string_view text);

// Text of an input (a model's name, a path, a tensor) as it may be shown or drawn into a file; see
// core/base/printable.h.
QString shown(std::string_view text);

// The text as a tool tip that is never markup, whatever it holds: Qt takes what looks like HTML for HTML.
QString plainTip(const QString& text);

// "14 700": groups of three, kept together by no-break spaces. The one grouping there is in the window: every whole
// number that is shown comes through here.
QString grouped(qint64 value);
// A sentence of the core's with the commas in its numbers exchanged for those spaces.
QString grouped(QString text);
// Numbers here are written as the language writes them (ui/languages/language.h).
// A formula or a value: its whole numbers grouped, other texts as they are.
QString groupedDigits(const QString& text);

// A label of the core's as a heading: "token embedding" becomes "Token embedding"; names such as fp32 stay.
QString headed(QString text);

// "14.96" and "14.96 GiB"; never mixed with MiB in one view.
QString inUnit(Bytes bytes, ByteUnit unit, int decimals = 2);
QString withUnit(Bytes bytes, ByteUnit unit, int decimals = 2);

// "8.03 B", and "84.5 MiB": the unit that suits the size.
QString countShort(Parameters parameters);
QString bytesShort(Bytes bytes, ByteUnit unit);

// "73 %", "0.4 %"; empty for a share of nothing.
QString share(Bytes part, Bytes whole);

// The component's name for people, translated.
QString componentName(ComponentId id);

// "Fits", "Tight", "Exceeds", and the shape that goes with it wherever it is shown; "Fits as modelled" where something
// is not (Estimate::unmodelled).
QString verdictWord(Verdict verdict, bool allModelled = true);

// The font at another size; keeps points points and pixels pixels.
QFont scaledFont(const QFont& font, double factor, bool bold = false);

}  // namespace headroom::ui
