// FoldedSection: a heading that opens and closes what stands under it.
#pragma once

#include <QAbstractButton>
#include <QVBoxLayout>
#include <QWidget>

namespace headroom::ui {

// The heading: a chevron, the title and a quiet note.
class FoldHeader : public QAbstractButton {
  Q_OBJECT

 public:
  explicit FoldHeader(QWidget* parent);
  void setNote(const QString& note);
  const QString& note() const { return note_; }
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString note_;
};

class FoldedSection : public QWidget {
  Q_OBJECT

 public:
  FoldedSection(const QString& name, const QString& title, QWidget* parent = nullptr);

  QVBoxLayout* body() const { return layout_; }
  bool isOpen() const { return header_->isChecked(); }
  void setOpen(bool open) { header_->setChecked(open); }
  // Shows what stands under it whether it is open or not, as a search does.
  void setForced(bool forced);
  // A quiet summary beside the title: how many settings differ from their defaults.
  void setNote(const QString& note) { header_->setNote(note); }
  FoldHeader* header() const { return header_; }

 Q_SIGNALS:
  void toggled(bool open);

 private:
  FoldHeader* header_;
  QWidget* content_;
  QVBoxLayout* layout_;
  bool forced_ = false;
};

}  // namespace headroom::ui
