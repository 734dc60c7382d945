// Card: the white sheet one question is answered on.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QVBoxLayout>

namespace headroom::ui {

class Card : public QFrame {
  Q_OBJECT

 public:
  explicit Card(const QString& name, QWidget* parent = nullptr) : QFrame(parent), layout_(new QVBoxLayout(this)) {
    setObjectName(name);
    setProperty("card", true);
    layout_->setContentsMargins(16, 12, 16, 12);
    layout_->setSpacing(8);
  }
  QVBoxLayout* body() const { return layout_; }

 private:
  QVBoxLayout* layout_;
};

}  // namespace headroom::ui
