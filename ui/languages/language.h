// The window's languages: which there are, which one is shown, and how it writes numbers. What machines read (JSON,
// CSV, recipes, commands, file names, ids) is never in any of them.
#pragma once

#include <QString>
#include <QStringList>
#include <span>

namespace headroom::ui {

struct Language {
  const char* code;  // of its file headroom_<code>.ts
  const char* name;  // in itself
};

// English first; the others are complete (tests/ui/languages).
std::span<const Language> languages();

// The code of the language that a choice means: "system" is the first of the system's languages that there is.
QString languageOf(const QString& choice, const QStringList& systemLanguages);
QString languageOf(const QString& choice);

// Shows the language from now on: its words, its Qt dialogs where Qt's own translations are installed, its decimal
// point, its direction. Texts that were made before stay as they are, so whoever shows some makes them anew.
void useLanguage(const QString& code);
// The code of the language in use.
QString currentLanguage();

// What machines read is made in English, whatever the window shows: for as long as it lives.
class InEnglish {
 public:
  InEnglish();
  ~InEnglish();
  InEnglish(const InEnglish&) = delete;
  InEnglish& operator=(const InEnglish&) = delete;

 private:
  QString before_;
};

// A number that was written with a decimal point, as the language writes it: "14.96" is "14,96" in German. For numbers
// alone: a version or a name may look like one.
QString localNumber(QString number);
QString localNumber(double value, char format, int precision);
// The other way round, for what is typed: the language's decimal point becomes ".". A point stays one.
QString plainNumber(QString typed);
QChar decimalPoint();

}  // namespace headroom::ui
