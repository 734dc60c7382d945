#include "ui/help/help_book.h"

#include <QFile>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextTable>
#include <algorithm>

namespace headroom::ui {
namespace {

constexpr qsizetype kExcerpt = 110, kBefore = 40;

// The pages in the order in which somebody new would read them.
const char* const kPages[] = {"numbers.md",  "tasks.md",    "questions.md",   "scenario.md", "methods.md",
                              "estimate.md", "recipes.md",  "own_entries.md", "peers.md",    "design.md",
                              "library.md",  "glossary.md", "keyboard.md",    "privacy.md"};

bool isHeading(const QTextBlock& block) {
  return block.blockFormat().headingLevel() > 0;
}

// The object of the scenario file that a passage begins to speak of; nothing where it goes on.
std::optional<QString> objectBegunBy(const QString& text) {
  static const QRegularExpression kTableOf(QStringLiteral("^key of (\\w+)$"));
  static const QRegularExpression kParagraph(
      QStringLiteral("^(precision|lora|speculative|images|training|reinforcement|parallel|offload|devices|calibration|"
                     "unmodelled)(?=$|[ :,])"));
  if (const auto match = kTableOf.match(text); match.hasMatch()) return match.captured(1);
  if (const auto match = kParagraph.match(text); match.hasMatch()) return match.captured(1);
  return std::nullopt;
}

bool holdsWord(const QString& text, const QString& word) {
  const QRegularExpression whole(QStringLiteral("(?<!\\w)%1(?!\\w)").arg(QRegularExpression::escape(word)));
  return whole.match(text).hasMatch();
}

// The column of the table that a block stands in; nothing outside of tables.
std::optional<int> columnOf(const QTextBlock& block) {
  const QTextTable* table = QTextCursor(block).currentTable();
  return table == nullptr ? std::nullopt : std::optional(table->cellAt(block.position()).column());
}

}  // namespace

HelpBook::HelpBook(const QString& commands, const QString& language) {
  const bool english = language == QLatin1String("en");
  for (const char* name : kPages) {
    const QString file = QLatin1String(name);
    const QString own = QStringLiteral(":/help/%1/%2").arg(language, file);
    const bool translated = english || QFile::exists(own);
    add(translated && !english ? own : QStringLiteral(":/help/") + file, file, translated,
        file == QLatin1String("keyboard.md") ? commands : QString());
  }
  add(QStringLiteral(":/CHANGELOG.md"), QStringLiteral("CHANGELOG.md"), english);
}

void HelpBook::add(const QString& path, const QString& name, bool translated, const QString& more) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return;
  Page page;
  page.name = name;
  page.translated = translated;
  page.document = std::make_unique<QTextDocument>();
  page.document->setMarkdown(QString::fromUtf8(file.readAll()) + more, QTextDocument::MarkdownDialectGitHub);
  page.title = page.document->firstBlock().text();
  pages_.push_back(std::move(page));
}

std::optional<int> HelpBook::pageNamed(const QString& name) const {
  for (int i = 0; i < pages(); ++i)
    if (pages_[static_cast<std::size_t>(i)].name == name) return i;
  return std::nullopt;
}

std::vector<HelpHit> HelpBook::search(const QString& query, std::size_t most) const {
  const QStringList words = query.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
  std::vector<HelpHit> headings, passages;
  if (words.isEmpty()) return {};
  for (int page = 0; page < pages(); ++page) {
    QString heading = title(page);
    for (QTextBlock block = document(page)->begin(); block.isValid(); block = block.next()) {
      const QString text = block.text().simplified();
      if (isHeading(block)) heading = text;
      const bool all = std::all_of(words.begin(), words.end(), [&](const QString& w) {
        return text.contains(w, Qt::CaseInsensitive) || heading.contains(w, Qt::CaseInsensitive);
      });
      if (!all || text.isEmpty() || (!isHeading(block) && !text.contains(words.front(), Qt::CaseInsensitive))) continue;
      const qsizetype at = std::max<qsizetype>(0, text.indexOf(words.front(), 0, Qt::CaseInsensitive));
      const qsizetype from = std::max<qsizetype>(0, at - kBefore);
      QString shown = text.mid(from, kExcerpt);
      if (from > 0) shown.prepend(QChar(0x2026));
      if (from + kExcerpt < text.size()) shown += QChar(0x2026);
      (isHeading(block) ? headings : passages).push_back({{page, block.blockNumber()}, heading, shown});
    }
  }
  headings.insert(headings.end(), passages.begin(), passages.end());
  if (headings.size() > most) headings.resize(most);
  return headings;
}

std::optional<HelpPlace> HelpBook::placeOfKey(std::string_view key) const {
  const auto page = pageNamed(QStringLiteral("scenario.md"));
  if (!page) return std::nullopt;
  const QStringList parts = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())).split(QLatin1Char('.'));
  const QString object = parts.size() > 1 ? parts[0] : QString(), word = parts[parts.size() > 1 ? 1 : 0];
  QString now;  // the object that is spoken of; none: the keys of the file itself
  bool inKeys = false;
  std::optional<HelpPlace> holder;  // the passage about the object, for keys that have none of their own
  for (QTextBlock block = document(*page)->begin(); block.isValid(); block = block.next()) {
    const QString text = block.text().simplified();
    if (isHeading(block)) inKeys = text == QLatin1String("Keys");
    if (!inKeys) continue;
    const auto column = columnOf(block);
    const auto begun = objectBegunBy(text);
    if (begun && (!column || text.startsWith(QLatin1String("key of ")))) now = *begun;
    if (column.value_or(0) > 0) continue;  // a row is known by its first cell
    const HelpPlace place{*page, block.blockNumber()};
    if (now == object && holdsWord(text, word)) return place;
    const QString& whole = object.isEmpty() ? word : object;
    const bool tells = column ? now.isEmpty() && holdsWord(text, whole) : begun && *begun == whole;
    if (tells && !holder) holder = place;
  }
  return holder;
}

}  // namespace headroom::ui
