// tr() for functions that belong to no QObject: one context for all of them, the one that lupdate gives a tr() it meets
// in this namespace. A second way of translating such texts would put them where no translation is found.
#pragma once

#include <QCoreApplication>
#include <QString>

namespace headroom::ui {

// n: the number that a text's plural depends on; the text in the source is the plural.
inline QString tr(const char* text, const char* comment = nullptr, int n = -1) {
  return QCoreApplication::translate("headroom::ui", text, comment, n);
}

}  // namespace headroom::ui
