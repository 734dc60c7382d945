#include "ui/window/file_kind.h"

#include <QDir>
#include <QFileInfo>
#include <QStringList>

#include "core/base/input_file.h"
#include "core/scenario/settings.h"
#include "ui/document/document.h"
#include "ui/document/field.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {

bool isScenarioFile(const QString& path) {
  if (path.endsWith(QLatin1String(".headroom.json"), Qt::CaseInsensitive)) return true;
  if (!path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)) return false;
  const auto file = InputFile::open(path.toStdString());
  if (!file) return false;
  char start[4096];  // the version key stands first in what Headroom writes
  const std::streamsize got = (*file)->sgetn(start, sizeof start);
  return std::string_view(start, static_cast<std::size_t>(got)).find("\"headroom\"") != std::string_view::npos;
}

QString givenName(const Document& document) {
  if (!document.path().isEmpty()) {
    QString name = QFileInfo(document.path()).fileName();
    for (const char* ending : {".json", ".headroom"})
      if (name.endsWith(QLatin1String(ending), Qt::CaseInsensitive)) name.chop(QLatin1String(ending).size());
    return name;
  }
  const Work& work = document.work();
  return work.scenarios.size() == 1 ? shown(work.shown().name).trimmed() : QString();
}

QString baseNameOf(const Document& document) {
  const Scenario& s = document.scenario();
  QString name = givenName(document);
  if (document.path().isEmpty()) {
    if (name.isEmpty()) {
      QStringList parts{modelLabel(*s.model), tokensLabel(settingsOf(s).context)};
      if (!s.devices.empty() && !s.devices.front().accelerator.empty())
        parts << QString::fromStdString(s.devices.front().accelerator);
      name = parts.join(QLatin1Char('_'));
    }
    name = name.toLower();
  }
  for (QChar& c : name)
    if (!c.isLetterOrNumber() && c != QLatin1Char('.') && c != QLatin1Char('_')) c = QLatin1Char('-');
  return name;
}

QString suggestedName(const Document& document, const QString& folder) {
  return QDir(folder.isEmpty() ? QDir::homePath() : folder)
      .filePath(baseNameOf(document) + QStringLiteral(".headroom.json"));
}

}  // namespace headroom::ui
