// The translations as files: complete, and with the same places to fill in as the texts they stand for.
#include <gtest/gtest.h>

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>

#include "ui/languages/core_text.h"
#include "ui/languages/language.h"

namespace headroom::ui {
namespace {

struct Message {
  QString context, source;
  QStringList forms;  // one, or one for each plural
  bool plural = false, finished = true;
};

std::vector<Message> messagesOf(const QString& code) {
  QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/ui/languages/headroom_%1.ts").arg(code));
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
  QXmlStreamReader xml(&file);
  std::vector<Message> out;
  QString context;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    const QStringView name = xml.name();
    if (name == QLatin1String("name")) {
      context = xml.readElementText();
    } else if (name == QLatin1String("message")) {
      out.push_back({context, {}, {}, xml.attributes().hasAttribute(QStringLiteral("numerus")), true});
    } else if (name == QLatin1String("source")) {
      out.back().source = xml.readElementText();
    } else if (name == QLatin1String("translation")) {
      out.back().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
      if (!out.back().plural) out.back().forms << xml.readElementText();
    } else if (name == QLatin1String("numerusform")) {
      out.back().forms << xml.readElementText();
    }
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  return out;
}

// What a translation must hold too: %1 … %9, each at least once.
QSet<QString> placesOf(const QString& text) {
  static const QRegularExpression kPlace(QStringLiteral("%\\d"));
  QSet<QString> places;
  for (QRegularExpressionMatchIterator it = kPlace.globalMatch(text); it.hasNext();)
    places.insert(it.next().captured());
  return places;
}

qsizetype mnemonicsOf(QString text) {
  static const QRegularExpression kMnemonic(QStringLiteral("&\\S"));
  return text.remove(QStringLiteral("&&")).count(kMnemonic);
}

TEST(Translations, AreCompleteWithThePlacesOfTheirTexts) {
  for (const Language& language : languages()) {
    const bool english = language.code == languages().front().code;
    const std::size_t plurals = QLatin1String(language.code).startsWith(QLatin1String("zh")) ? 1 : 2;
    for (const Message& m : messagesOf(QLatin1String(language.code))) {
      const std::string where =
          std::string(language.code) + ", " + m.context.toStdString() + ": " + m.source.toStdString();
      EXPECT_TRUE(m.finished) << where << ": not translated";
      EXPECT_FALSE(english && !m.plural) << where << ": English has its plurals alone";
      EXPECT_EQ(m.forms.size(), m.plural ? static_cast<qsizetype>(plurals) : 1) << where;
      for (const QString& form : m.forms) {
        EXPECT_FALSE(form.isEmpty()) << where << ": empty";
        EXPECT_EQ(placesOf(form), placesOf(m.source)) << where << ": " << form.toStdString();
        EXPECT_EQ(mnemonicsOf(form), mnemonicsOf(m.source)) << where << ": " << form.toStdString();
        EXPECT_EQ(form.count(QLatin1Char('\n')), m.source.count(QLatin1Char('\n'))) << where;
        EXPECT_EQ(form.startsWith(QLatin1Char(' ')),
                  m.source.startsWith(QLatin1Char(' ')) && form.front() != QChar(0xFF08))
            << where << ": begins with a blank or does not";
      }
      // The last form is the one for many: it says how many.
      if (m.source.contains(QLatin1String("%n"))) {
        EXPECT_TRUE(m.forms.back().contains(QLatin1String("%n"))) << where;
      }
    }
  }
}

// The patterns of the core's texts are looked up by their words, so they must be in the files by these very words.
TEST(Translations, HaveEveryPatternOfTheCore) {
  for (const char* code : {"de", "zh_CN"}) {
    QSet<QString> known;
    for (const Message& m : messagesOf(QLatin1String(code)))
      if (m.context == QLatin1String("core")) known.insert(m.source);
    std::size_t patterns = 0;
    for (const std::span<const char* const> part : corePatterns())
      for (const char* pattern : part) {
        EXPECT_TRUE(known.contains(QString::fromUtf8(pattern))) << code << ": " << pattern;
        ++patterns;
      }
    EXPECT_EQ(static_cast<std::size_t>(known.size()), patterns) << "a pattern twice";
  }
}

TEST(Languages, TheSystemsLanguageIsTheFirstThatThereIs) {
  const QString system = QStringLiteral("system");
  EXPECT_EQ(languageOf(system, {QStringLiteral("fr-FR"), QStringLiteral("de-AT"), QStringLiteral("en-US")}),
            QStringLiteral("de"));
  EXPECT_EQ(languageOf(system, {QStringLiteral("zh-Hans-SG")}), QStringLiteral("zh_CN"));
  EXPECT_EQ(languageOf(system, {QStringLiteral("zh-TW")}), QStringLiteral("en"));
  EXPECT_EQ(languageOf(system, {QStringLiteral("C")}), QStringLiteral("en"));
  EXPECT_EQ(languageOf(QStringLiteral("zh_CN"), {QStringLiteral("de")}), QStringLiteral("zh_CN"));
  EXPECT_EQ(languageOf(QStringLiteral("nowhere"), {}), QStringLiteral("en"));
}

TEST(Languages, AMessageOfTheCoreIsItsPatternAndItsArguments) {
  const CoreMessage stages = coreMessage(QStringLiteral("32 layers cannot be divided into 48 pipeline stages"));
  ASSERT_NE(stages.pattern, nullptr);
  EXPECT_STREQ(stages.pattern, "%1 layers cannot be divided into %2 pipeline stages");
  EXPECT_EQ(stages.arguments, (QStringList{QStringLiteral("32"), QStringLiteral("48")}));
  EXPECT_EQ(coreMessage(QStringLiteral("somebody's words about 8 devices")).pattern, nullptr);

  useLanguage(QStringLiteral("de"));
  EXPECT_EQ(coreText("KV cache"), QStringLiteral("KV-Cache"));
  // A sentence of a clause, a message inside another one, and what nobody has a pattern for.
  EXPECT_EQ(coreText("32 layers cannot be divided into 48 pipeline stages."),
            QStringLiteral("32 Schichten lassen sich nicht in 48 Pipeline-Stufen teilen."));
  EXPECT_EQ(coreText("The layout takes 2 devices of 8 devices; 6 are idle."),
            QStringLiteral("Die Aufteilung braucht 2 Geräte; genannt sind 8 Geräte, davon 6 untätig."));
  EXPECT_EQ(coreText("Use flash attention, and capture no CUDA graphs"),
            QStringLiteral("Flash-Attention nehmen; dazu: Keine CUDA Graphs aufzeichnen"));
  EXPECT_EQ(coreText("a text of a user's file"), QStringLiteral("a text of a user's file"));
  EXPECT_EQ(coreFormula("layers × bytes per token and layer × tokens kept / 2"),
            QStringLiteral("Schichten × Bytes je Token und Schicht × gehaltene Token / 2"));
  EXPECT_EQ(coreFormula("32 layers × 4096 B/token"), QStringLiteral("32 Schichten × 4096 B/Token"));
  useLanguage(QStringLiteral("en"));
  EXPECT_EQ(coreText("KV cache"), QStringLiteral("KV cache"));
}

}  // namespace
}  // namespace headroom::ui
