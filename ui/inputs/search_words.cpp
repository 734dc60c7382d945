#include "ui/inputs/search_words.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace headroom::ui {

QString reduced(const QString& text) {
  QString out;
  for (QChar c : text)
    if (c.isLetterOrNumber()) out += c.toLower();
  return out;
}

QStringList searchWords(const QString& query) {
  static const QRegularExpression kApart(QStringLiteral("(\\d)\\s+(gb|gib|bits?)\\b"),
                                         QRegularExpression::CaseInsensitiveOption);
  QStringList words;
  for (const QString& part :
       QString(query).replace(kApart, QStringLiteral("\\1\\2")).split(QLatin1Char(' '), Qt::SkipEmptyParts))
    if (const QString word = reduced(part); !word.isEmpty()) words << word;
  return words;
}

QString searchKey(const QStringList& parts) {
  QStringList keys;
  for (const QString& part : parts) keys << reduced(part);
  return keys.join(QLatin1Char(' '));
}

bool holdsWord(const QString& key, const QString& word) {
  static const QRegularExpression kAmount(QStringLiteral("^\\d+(gb|gib|bits?)$"));
  const bool amount = kAmount.match(word).hasMatch();
  for (qsizetype at = key.indexOf(word); at >= 0; at = key.indexOf(word, at + 1))
    if (!amount || at == 0 || !key[at - 1].isDigit()) return true;
  return false;
}

bool holdsWords(const QString& key, const QStringList& words) {
  return std::ranges::all_of(words, [&](const QString& word) { return holdsWord(key, word); });
}

QString formatWords(const QString& id, double bits) {
  const auto n = static_cast<int>(std::floor(bits + 0.01));
  return id + QStringLiteral(" %1bit %1 bits q%1 int%1 fp%1 w%1").arg(n);
}

}  // namespace headroom::ui
