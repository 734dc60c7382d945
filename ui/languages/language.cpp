#include "ui/languages/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <algorithm>
#include <array>

#include "ui/languages/core_text.h"

namespace headroom::ui {
namespace {

constexpr std::array kLanguages{Language{"en", "English"}, Language{"de", "Deutsch"}, Language{"zh_CN", "简体中文"}};

struct InUse {
  QString code = QStringLiteral("en");
  QChar point = QLatin1Char('.');
  QTranslator words, qt;
};

InUse& inUse() {
  static InUse state;
  return state;
}

// Whether the system's "de-AT" or "zh-Hans-CN" asks for the language: the same tongue in the same script.
bool answers(const QLocale& asked, const QLocale& have) {
  return asked.language() == have.language() && asked.script() == have.script();
}

}  // namespace

std::span<const Language> languages() {
  return kLanguages;
}

QString languageOf(const QString& choice, const QStringList& systemLanguages) {
  for (const Language& l : kLanguages)
    if (choice == QLatin1String(l.code)) return choice;
  for (const QString& name : systemLanguages)
    for (const Language& l : kLanguages)
      if (answers(QLocale(name), QLocale(QLatin1String(l.code)))) return QLatin1String(l.code);
  return QLatin1String(kLanguages.front().code);
}

QString languageOf(const QString& choice) {
  return languageOf(choice, QLocale::system().uiLanguages());
}

void useLanguage(const QString& code) {
  InUse& now = inUse();
  now.code = code;
  QCoreApplication::removeTranslator(&now.qt);
  QCoreApplication::removeTranslator(&now.words);
  if (now.qt.load(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QCoreApplication::installTranslator(&now.qt);
  if (now.words.load(QStringLiteral(":/languages/headroom_%1.qm").arg(code)))
    QCoreApplication::installTranslator(&now.words);
  const QLocale locale(code);
  now.point = locale.decimalPoint().front();
  QGuiApplication::setLayoutDirection(locale.textDirection());
  forgetCoreTexts();
}

QString currentLanguage() {
  return inUse().code;
}

InEnglish::InEnglish() : before_(currentLanguage()) {
  if (before_ != QLatin1String(kLanguages.front().code)) useLanguage(QLatin1String(kLanguages.front().code));
}

InEnglish::~InEnglish() {
  if (before_ != currentLanguage()) useLanguage(before_);
}

QChar decimalPoint() {
  return inUse().point;
}

QString localNumber(QString number) {
  return number.replace(QLatin1Char('.'), decimalPoint());
}

QString localNumber(double value, char format, int precision) {
  return localNumber(QString::number(value, format, precision));
}

QString plainNumber(QString typed) {
  return typed.replace(decimalPoint(), QLatin1Char('.'));
}

}  // namespace headroom::ui
