// HelpBook: the pages of resources/help as documents, searchable by passage, with the place of every key of a scenario.
#pragma once

#include <QString>
#include <QStringList>
#include <QTextDocument>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "ui/languages/language.h"

namespace headroom::ui {

// Where something stands: a page and a block of its document.
struct HelpPlace {
  int page = 0;
  int block = 0;
  bool operator==(const HelpPlace&) const = default;
};

struct HelpHit {
  HelpPlace place;
  QString heading;  // of the section
  QString text;     // of the passage, shortened around what was found
};

class HelpBook {
 public:
  // `commands`: a Markdown table for the end of the page about the keyboard. `language`: what pages are in, where they
  // have been translated.
  explicit HelpBook(const QString& commands = {}, const QString& language = currentLanguage());

  int pages() const { return static_cast<int>(pages_.size()); }
  const QString& title(int page) const { return at(page).title; }
  const QString& name(int page) const { return at(page).name; }  // of its file: "scenario.md"
  // False where it stands in English because nobody has translated it.
  bool isTranslated(int page) const { return at(page).translated; }
  QTextDocument* document(int page) const { return at(page).document.get(); }
  std::optional<int> pageNamed(const QString& name) const;

  // Passages that hold every word, in the order of the pages; headings first.
  std::vector<HelpHit> search(const QString& words, std::size_t most = 60) const;
  // The passage about a key of the scenario file, "training.loss_rows"; nothing where none speaks of it.
  std::optional<HelpPlace> placeOfKey(std::string_view key) const;

 private:
  struct Page {
    QString name, title;
    bool translated = true;
    std::unique_ptr<QTextDocument> document;
  };
  const Page& at(int page) const { return pages_[static_cast<std::size_t>(page)]; }
  void add(const QString& path, const QString& name, bool translated, const QString& more = {});

  std::vector<Page> pages_;
};

}  // namespace headroom::ui
