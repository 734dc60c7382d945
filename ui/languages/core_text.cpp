#include "ui/languages/core_text.h"

#include <QCoreApplication>
#include <QHash>
#include <QMutex>
#include <QRegularExpression>
#include <algorithm>

#include "core/base/printable.h"
#include "ui/languages/language.h"

namespace headroom::ui {
namespace {

constexpr qsizetype kFewWords = 12;     // of a pattern that would fit many a text
constexpr int kDeepest = 4;             // an argument may be a message with arguments
constexpr qsizetype kMostKept = 2'000;  // texts of one language, by what they are in English

// A pattern cut at its arguments.
struct Pattern {
  const char* source;
  QStringList pieces;        // what stands before, between and behind the arguments
  std::vector<int> numbers;  // which argument stands behind each piece but the last
  qsizetype words = 0;       // length of the pieces
};

Pattern cut(const char* source) {
  Pattern p{source, {}, {}, 0};
  QString piece;
  const QString text = QString::fromUtf8(source);
  for (qsizetype i = 0; i < text.size(); ++i) {
    if (text[i] == QLatin1Char('%') && i + 1 < text.size() && text[i + 1].isDigit()) {
      p.pieces << piece;
      p.numbers.push_back(text[++i].digitValue());
      piece.clear();
    } else {
      piece += text[i];
    }
  }
  p.pieces << piece;
  for (const QString& s : p.pieces) p.words += s.size();
  return p;
}

// The patterns that have arguments, those with the most words of their own first; and the texts that are whole.
struct Table {
  QHash<QString, const char*> whole;
  std::vector<Pattern> patterns;
};

const Table& table() {
  static const Table all = [] {
    Table t;
    for (const std::span<const char* const> part : corePatterns())
      for (const char* source : part) {
        Pattern p = cut(source);
        if (p.numbers.empty())
          t.whole.insert(p.pieces.front(), source);
        else
          t.patterns.push_back(std::move(p));
      }
    std::stable_sort(t.patterns.begin(), t.patterns.end(),
                     [](const Pattern& a, const Pattern& b) { return a.words > b.words; });
    return t;
  }();
  return all;
}

// The arguments of the pattern in the text, from the left, each as short as it can be; the last piece ends the text.
bool match(const Pattern& p, const QString& text, QStringList& arguments) {
  const QString& last = p.pieces.back();
  if (text.size() <= p.words || !text.startsWith(p.pieces.front()) || !text.endsWith(last)) return false;
  const qsizetype end = text.size() - last.size();
  qsizetype at = p.pieces.front().size();
  std::vector<QString> found;
  for (std::size_t i = 0; i < p.numbers.size(); ++i) {
    const bool ends = i + 1 == p.numbers.size();
    const qsizetype next = ends ? end : text.indexOf(p.pieces[static_cast<qsizetype>(i) + 1], at + 1);
    if (next <= at || next > end) return false;
    found.push_back(text.mid(at, next - at));
    at = next + (ends ? 0 : p.pieces[static_cast<qsizetype>(i) + 1].size());
  }
  arguments.clear();
  for (std::size_t i = 0; i < found.size(); ++i) {
    const int number = p.numbers[i];
    while (arguments.size() < number) arguments << QString();
    arguments[number - 1] = found[i];
  }
  return true;
}

QString inLanguage(const QString& text, int depth) {
  CoreMessage message = coreMessage(text);
  // A sentence that goes on with another one begins that in small letters.
  if (message.pattern == nullptr && depth > 0) message = coreMessage(text.left(1).toUpper() + text.mid(1));
  if (message.pattern == nullptr) return text;
  QString out = QCoreApplication::translate("core", message.pattern);
  if (message.arguments.isEmpty()) return out;
  // At once, so that a "%1" in an argument stays one.
  QString filled;
  for (qsizetype i = 0; i < out.size(); ++i) {
    const int number = out[i] == QLatin1Char('%') && i + 1 < out.size() ? out[i + 1].digitValue() : -1;
    if (number < 1 || number > message.arguments.size()) {
      filled += out[i];
      continue;
    }
    const QString& argument = message.arguments[number - 1];
    filled += depth < kDeepest ? inLanguage(argument, depth + 1) : argument;
    ++i;
  }
  return filled;
}

// Of the language in use; pages ask from threads of their own.
struct Kept {
  QMutex lock;
  QHash<QString, QString> texts;
};
Kept& kept() {
  static Kept known;
  return known;
}

}  // namespace

namespace {

// Of a pattern with few words of its own every argument is one word, or a message itself: "%1 devices" is for "8
// devices" and not for whatever sentence ends so.
bool plausible(const Pattern& p, const QStringList& arguments) {
  return p.words >= kFewWords || std::ranges::all_of(arguments, [](const QString& a) {
           return !a.contains(QLatin1Char(' ')) || coreMessage(a).pattern != nullptr ||
                  coreMessage(a.left(1).toUpper() + a.mid(1)).pattern != nullptr;
         });
}

}  // namespace

CoreMessage coreMessage(const QString& text) {
  if (const auto whole = table().whole.constFind(text); whole != table().whole.constEnd()) return {*whole, {}};
  CoreMessage message;
  for (const Pattern& p : table().patterns)
    if (match(p, text, message.arguments) && plausible(p, message.arguments)) {
      message.pattern = p.source;
      return message;
    }
  return {};
}

QString coreText(const QString& text) {
  if (currentLanguage() == QLatin1String(languages().front().code) || text.isEmpty()) return text;
  const QMutexLocker held(&kept().lock);
  QHash<QString, QString>& texts = kept().texts;
  if (const auto known = texts.constFind(text); known != texts.constEnd()) return *known;
  if (texts.size() >= kMostKept) texts.clear();
  return *texts.insert(text, inLanguage(text, 0));
}

QString coreText(std::string_view text) {
  return coreText(QString::fromStdString(printable(text)));
}

QString coreFormula(const std::string& formula) {
  static const QRegularExpression kOperator(QStringLiteral(" [×/+^−-] |, |[()⌈⌊⌉⌋√]"));
  static const QRegularExpression kAmount(QStringLiteral("^([\\d.,e+-]+ )(.+)$"));
  const QString text = QString::fromStdString(printable(formula));
  // "32 layers", or a symbol alone; a bracket leaves the blank before it at a symbol's end.
  const auto part = [](const QString& word) {
    const QRegularExpressionMatch amount = kAmount.match(word);
    const QString number = amount.captured(1), symbol = amount.hasMatch() ? amount.captured(2) : word;
    const QString bare = symbol.trimmed();
    return number + QString(symbol).replace(bare, coreText(bare));
  };
  QString out;
  qsizetype at = 0;
  for (QRegularExpressionMatchIterator it = kOperator.globalMatch(text); it.hasNext();) {
    const QRegularExpressionMatch op = it.next();
    (out += part(text.mid(at, op.capturedStart() - at))) += op.captured();
    at = op.capturedEnd();
  }
  return out + part(text.mid(at));
}

void forgetCoreTexts() {
  const QMutexLocker held(&kept().lock);
  kept().texts.clear();
}

}  // namespace headroom::ui
