// HelpView: the help beside the work: pages on the left, a search over all of them, and the passage about whatever had
// the focus when F1 was pressed.
#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTextBrowser>
#include <set>

#include "ui/help/help_book.h"

namespace headroom::ui {

class HelpView : public QDialog {
  Q_OBJECT

 public:
  explicit HelpView(const QString& commands, QWidget* parent = nullptr);
  ~HelpView() override;

  const HelpBook& book() const { return book_; }
  void showPage(const QString& name);
  // A place, marked; `about` stands above it: what the control is called and does.
  void showPlace(const HelpPlace& place, const QString& about = {});
  HelpPlace shown() const { return shown_; }
  void find(const QString& words);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void listPages();
  void listHits(const QString& words);
  void follow(const QUrl& address);
  void dress(int page);  // in the theme in force, once

  HelpBook book_;
  HelpPlace shown_;
  std::set<int> dressed_;  // pages
  QLineEdit* search_;
  QListWidget* list_;
  QLabel* about_;
  QTextBrowser* text_;
};

}  // namespace headroom::ui
