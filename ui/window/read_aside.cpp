#include "ui/window/read_aside.h"

#include <QFileInfo>
#include <QFontMetrics>
#include <QLabel>

#include "ui/languages/language.h"

namespace headroom::ui {
namespace {

constexpr int kPatienceMs = 350, kNameWidth = 360;
constexpr qint64 kPackedTimes = 16;  // what gzip makes of a log

QString sizeText(qint64 bytes) {
  return QStringLiteral("%1 MiB").arg(localNumber(static_cast<double>(bytes) / (1 << 20), 'f', 1));
}

}  // namespace

ReadingDialog::ReadingDialog(const QString& name, qint64 bytes, QWidget* parent) : QProgressDialog(parent) {
  setObjectName(QStringLiteral("readingDialog"));
  setWindowTitle(tr("Reading"));
  setWindowModality(Qt::WindowModal);
  auto* label = new QLabel(this);
  label->setTextFormat(Qt::PlainText);
  label->setText(
      tr("Reading %1, %2…").arg(label->fontMetrics().elidedText(name, Qt::ElideMiddle, kNameWidth), sizeText(bytes)));
  label->setToolTip(name);
  setLabel(label);
  setCancelButtonText(tr("Cancel"));
  setRange(0, 0);
  setMinimumWidth(kNameWidth + 80);
  setMinimumDuration(kPatienceMs);
}

void ReadingDialog::wait(std::function<std::function<void()>()> work) {
  background_.ask([this, work = std::move(work)](const std::stop_token&) -> std::function<void()> {
    return [this, answer = work()] { finish(answer); };
  });
}

void ReadingDialog::finish(const std::function<void()>& answer) {
  const bool wanted = !wasCanceled();
  reset();
  deleteLater();
  if (wanted) answer();
}

qint64 bytesToRead(const QString& path) {
  const QFileInfo info(path);
  if (!info.isFile()) return 0;
  return path.endsWith(QLatin1String(".gz"), Qt::CaseInsensitive) ? kPackedTimes * info.size() : info.size();
}

}  // namespace headroom::ui
