// The core's sentences in the window's language. The core makes one English text for everybody, without Qt and off no
// hot path; which message it is and what stands in it is found again here, when it is shown: every message of the core
// is a pattern in the table of patterns ("%1 layers cannot be divided into %2 pipeline stages"), the pattern is the
// message's id in the translations, and what lies between its words are its arguments, themselves messages or plain.
// A text without a pattern is shown in English as it is.
#pragma once

#include <QString>
#include <QStringList>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headroom::ui {

// A message of the core: its pattern and the arguments in the order of %1, %2, …
struct CoreMessage {
  const char* pattern = nullptr;  // nullptr: no pattern is known for the text
  QStringList arguments;
};

// Every pattern, as QT_TRANSLATE_NOOP("core", …) in the tables beside this file.
std::vector<std::span<const char* const>> corePatterns();

// The message a text is. Of several patterns that would do the one with the most words of its own.
CoreMessage coreMessage(const QString& text);

// The text in the window's language, and safe to be shown (core/base/printable.h).
QString coreText(std::string_view text);
QString coreText(const QString& text);
inline QString coreText(const char* text) {
  return coreText(std::string_view(text));
}

// A formula of them (core/report/explanation.h): its symbols and units, not its operators and numbers.
QString coreFormula(const std::string& formula);

// After a change of the language.
void forgetCoreTexts();

}  // namespace headroom::ui
