// PickerField: one choice out of many by typing a few letters of it: a field that shows the choice and, while one
// types, a list of what matches. Used for models and for accelerators.
#pragma once

#include <QLineEdit>
#include <functional>
#include <optional>
#include <vector>

class QCompleter;

namespace headroom::ui {

struct PickerItem {
  QString id;
  QString title;
  QString detail;       // one quiet line
  QString group;        // items of a group stand together under its name
  QString search;       // further words it is found by
  bool always = false;  // stands last whatever is typed, and hands the text on instead of being chosen
};

class PickerModel;

class PickerField : public QLineEdit {
  Q_OBJECT

 public:
  explicit PickerField(const QString& name, QWidget* parent = nullptr);

  void setItems(std::vector<PickerItem> items);
  int itemCount() const;
  // Ids of the items that match a text, best first as shown.
  QStringList matches(const QString& query) const;
  // Shows the present choice; an empty one shows the placeholder.
  void showChoice(const QString& title);
  // After a choice the field is emptied (for adding several) instead of showing it.
  void setClearsOnChoice(bool clears) { clears_ = clears; }
  // What a text stands for that names no item ("24 GiB"): an item more, at the end of the list.
  void setCustom(std::function<std::optional<PickerItem>(const QString& text)> custom);
  void openList();

 Q_SIGNALS:
  void listOpened();
  void chosen(const QString& id);
  // Enter on a text that names no item: a path, an address, or nothing known; or the item that is always there, with
  // what was typed.
  void textEntered(const QString& text);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void take(const QModelIndex& index);
  void take(const QString& id);
  void restore();
  void markShown();

  PickerModel* model_;
  QCompleter* completer_;
  QString shown_;
  bool clears_ = false;
};

}  // namespace headroom::ui
