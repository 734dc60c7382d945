// Recovery: a copy of unsaved work beside the settings, written at most two seconds after an edit and removed on a
// clean end. A copy whose program no longer runs is what a crash left behind.
#pragma once

#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <utility>

#include "ui/document/document.h"

namespace headroom::ui {

class Recovery : public QObject {
  Q_OBJECT

 public:
  // Keeps its files in `folder` (created when needed). Without `takeLeftover` what a crash left waits for a later
  // start.
  Recovery(Document& document, const QString& folder, bool takeLeftover, QObject* parent = nullptr);
  ~Recovery() override;

  struct Leftover {
    Work work;
    QString path;  // the file it was opened from; empty where it had none
  };
  // What an earlier run that did not end cleanly left, once; nothing where it ended cleanly or the copy is unreadable.
  std::optional<Leftover> takeLeftover() { return std::exchange(leftover_, std::nullopt); }
  // Removes the copy: the work is saved, or no longer wanted.
  void discard();
  // Writes the copy now.
  void write();

 private:
  QString scenarioFile() const { return base_ + QStringLiteral(".headroom.json"); }
  QString pathFile() const { return base_ + QStringLiteral(".path"); }

  Document& document_;
  QString base_;
  std::unique_ptr<QLockFile> lock_;
  std::optional<Leftover> leftover_;
  QTimer timer_;
};

}  // namespace headroom::ui
